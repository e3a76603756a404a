// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"
#include "ui/editor/fields/placeholder_button.h"

class QHBoxLayout;
class QPlainTextEdit;
class QPushButton;

namespace studio::ui {

// A text of several lines whose box grows while typing; for Markdown it has a few buttons.
class ParagraphField final : public Field {
    Q_OBJECT

public:
    enum class Markup { Plain, Markdown };
    ParagraphField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                   const QString &label, Markup markup, QWidget *parent = nullptr);
    void refresh() override;
    void set_placeholder(const QString &text);
    // The standard text that is used if this one is empty: it is shown in its place, and a button below
    // copies it into the field.
    void set_standard(const QString &text);
    // Adds a button above the text that inserts a placeholder.
    void offer_placeholders(const QList<PlaceholderChoice> &choices);
    void set_best_length(int characters);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QHBoxLayout *buttons(); // above the text
    void add_markdown_buttons();
    void surround(const QString &before, const QString &after, const QString &sample);
    void start_lines_with(const QString &prefix);
    int placeholder_lines() const;
    void fit_height();
    void count();

    QPlainTextEdit *m_edit;
    QHBoxLayout *m_buttons = nullptr;
    QPushButton *m_take_standard = nullptr;
    int m_best_length = 0;
};

} // namespace studio::ui
