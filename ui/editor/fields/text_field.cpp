// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/text_field.h"

#include "ui/widgets/phrases.h"

#include <QHBoxLayout>

namespace studio::ui {

TextField::TextField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                     const QString &label, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_line(new QLineEdit(this)) {
    set_editor(m_line);
    refresh();
    connect(m_line, &QLineEdit::textEdited, this,
            [this](const QString &typed) { commit(typed.toStdString()); });
}

void TextField::refresh() {
    const auto now = text();
    if (m_line->text() != now) {
        const auto cursor = m_line->cursorPosition();
        m_line->setText(now);
        m_line->setCursorPosition(m_line->hasFocus() ? static_cast<int>(now.size()) : 0);
        m_line->setCursorPosition(m_line->hasFocus() ? cursor : 0);
    }
    count();
}

void TextField::offer_placeholders(const QList<PlaceholderChoice> &choices) {
    auto *button = new PlaceholderButton(pointer(), label(), choices, this);
    column()->removeWidget(m_line);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_line, 1);
    row->addWidget(button);
    column()->insertLayout(1, row);
    connect(button, &PlaceholderButton::chosen, this, [this](const QString &text) {
        m_line->insert(text);
        commit(m_line->text().toStdString());
        m_line->setFocus();
    });
}

void TextField::set_best_length(int characters) {
    m_best_length = characters;
    count();
}

void TextField::count() {
    if (m_best_length == 0) {
        return;
    }
    const auto length = character_count(m_line->text());
    set_hint(
        length > m_best_length
            ? tr("%1 characters: longer than the %2 that search engines show.").arg(length).arg(m_best_length)
            : tr("%1 of %2 characters").arg(length).arg(m_best_length));
}

} // namespace studio::ui
