// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "models/tenant/experiment.h"
#include "ui/experiments/choice_strip.h"

#include <QFrame>
#include <QHash>

class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace studio::ui {

// The photos and texts from which variants can be made.
struct VariantChoices {
    std::vector<models::Photo> photos;  // photos of the live page for the hero, identified by their address
    std::vector<models::Photo> gallery; // in the order of the live page
    std::string label;                  // the button's present label
    models::Layout layout = models::Layout::Elegant;
};

// One variant in the form of an experiment: its name, what differs from the live page, and its share of the
// visitors. For the control there is nothing to choose, because it is the page as it is.
class VariantEditor final : public QFrame {
    Q_OBJECT

public:
    // `number` is its position; 0 is the control.
    VariantEditor(int number, models::ExperimentElement element, const VariantChoices &choices,
                  QWidget *parent = nullptr);

    void set_variant(const models::Variant &variant);
    models::Variant variant() const;
    void set_weight(int percent);
    int weight() const; // per cent
    void set_removable(bool removable);
    void set_problem(const QString &problem); // "" for none
    // Sets the picture of a choice: `key` is a photo's address, its id in the gallery, or a layout's name.
    void set_picture(const QString &key, const QImage &picture);

signals:
    void changed();
    void remove_requested();

private:
    void build_layout();
    QWidget *build_choice();
    models::Json config() const;
    void show_config(const models::Json &config);

    const int m_number;
    const models::ExperimentElement m_element;
    const VariantChoices &m_choices;
    std::string m_id;
    QLineEdit *m_name;
    QSpinBox *m_weight;
    QToolButton *m_remove;
    QLabel *m_problem;
    ChoiceStrip *m_strip = nullptr; // hero photo, gallery order and layout
    QLineEdit *m_label = nullptr;   // call to action
};

} // namespace studio::ui
