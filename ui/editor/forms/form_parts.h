// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"
#include "ui/editor/draft/draft_document.h"
#include "ui/editor/fields/field_registry.h"

#include <QScrollArea>

#include <functional>
#include <optional>

class QVBoxLayout;

namespace studio::ui {

class PhotoDelivery;
class Section;
class Thumbnails;

// What a form needs from the editor around it.
struct FormParts {
    DraftDocument &document;
    FieldRegistry &registry;
    Thumbnails &thumbnails;
    PhotoDelivery &photos;
    // The experiment on the hero photo that runs in place of the photos document's weights; nullopt where
    // there is none.
    std::function<std::optional<models::Experiment>()> hero_test = {};
    // The published hero photos if they have weights that no experiment uses; otherwise nullopt.
    std::function<std::optional<models::Hero>()> resting_weights = {};
};

// The form of one document: its sections in a scroll area.
class Form : public QScrollArea {
    Q_OBJECT

public:
    Form(const QString &name, const FormParts &parts, QWidget *parent = nullptr);

    Section *add_section(const QString &name, const QString &title, const QStringList &pointers,
                         std::function<void(QVBoxLayout *)> build);
    // A section within the column of another.
    Section *add_section_in(QVBoxLayout *column, const QString &name, const QString &title,
                            const QStringList &pointers, std::function<void(QVBoxLayout *)> build);
    void show_field(QWidget *field);
    // Scrolls to the top.
    void start_over();

protected:
    FormParts m_parts;

private:
    void heed(Section *section);
    void count_problems();
    void show_section(QWidget *section);

    QVBoxLayout *m_column;
    QList<Section *> m_sections;
};

// Two widgets side by side, of equal width.
QWidget *pair_of(QWidget *left, QWidget *right);

} // namespace studio::ui
