// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"
#include "ui/editor/fields/placeholder_button.h"

#include <QLineEdit>

namespace studio::ui {

// A line of text.
class TextField final : public Field {
    Q_OBJECT

public:
    TextField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
              QWidget *parent = nullptr);
    void refresh() override;
    void set_placeholder(const QString &text) { m_line->setPlaceholderText(text); }
    // Adds a button beside the line that inserts a placeholder.
    void offer_placeholders(const QList<PlaceholderChoice> &choices);
    // Shows "34 of 60": the length of the text and the recommended maximum. A longer text is not an error.
    void set_best_length(int characters);

private:
    void count();

    QLineEdit *m_line;
    int m_best_length = 0;
};

} // namespace studio::ui
