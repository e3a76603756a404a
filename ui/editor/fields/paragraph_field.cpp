// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/paragraph_field.h"

#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int min_lines = 3;
constexpr int max_lines = 14;
constexpr int max_placeholder_lines = 24;
} // namespace

ParagraphField::ParagraphField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                               const QString &label, Markup markup, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_edit(new QPlainTextEdit(this)) {
    m_edit->setUndoRedoEnabled(false);
    m_edit->setTabChangesFocus(true);
    m_edit->viewport()->installEventFilter(this);
    set_editor(m_edit);
    if (markup == Markup::Markdown) {
        add_markdown_buttons();
    }
    refresh();
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        commit(m_edit->toPlainText().toStdString());
        fit_height();
    });
}

QHBoxLayout *ParagraphField::buttons() {
    if (m_buttons == nullptr) {
        m_buttons = new QHBoxLayout;
        m_buttons->setSpacing(2);
        m_buttons->addStretch(1);
        column()->insertLayout(1, m_buttons);
    }
    return m_buttons;
}

void ParagraphField::add_markdown_buttons() {
    auto *row = buttons();
    const auto add = [this, row](const QString &text, const QString &tip, auto act) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setObjectName(QStringLiteral("markdown:%1:%2").arg(pointer(), text));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        connect(button, &QToolButton::clicked, this, act);
        row->insertWidget(row->count() - 1, button);
    };
    add(QStringLiteral("B"), tr("Bold"), [this] { surround("**", "**", tr("bold text")); });
    add(QStringLiteral("I"), tr("Italic"), [this] { surround("*", "*", tr("text in italics")); });
    add(QStringLiteral("H"), tr("Heading"), [this] { start_lines_with("## "); });
    add(QStringLiteral("•"), tr("List"), [this] { start_lines_with("- "); });
    add(QStringLiteral("“”"), tr("Quote"), [this] { start_lines_with("> "); });
    add(QStringLiteral("↗"), tr("Link"), [this] { surround("[", "](https://)", tr("link text")); });
}

void ParagraphField::offer_placeholders(const QList<PlaceholderChoice> &choices) {
    auto *row = buttons();
    auto *button = new PlaceholderButton(pointer(), label(), choices, this);
    row->insertWidget(row->count() - 1, button);
    connect(button, &PlaceholderButton::chosen, this, [this](const QString &text) {
        m_edit->insertPlainText(text);
        m_edit->setFocus();
    });
}

void ParagraphField::set_standard(const QString &text) {
    set_placeholder(text);
    m_take_standard = new QPushButton(tr("Start from the standard wording"), this);
    m_take_standard->setObjectName(QStringLiteral("standard:") + pointer());
    set_button_role(m_take_standard, ButtonRole::Quiet);
    column()->addWidget(m_take_standard, 0, Qt::AlignLeft);
    connect(m_take_standard, &QPushButton::clicked, this, [this, text] {
        m_edit->setPlainText(text);
        m_edit->setFocus();
    });
    fit_height();
}

void ParagraphField::surround(const QString &before, const QString &after, const QString &sample) {
    auto cursor = m_edit->textCursor();
    const auto chosen = cursor.hasSelection() ? cursor.selectedText() : sample;
    const auto start = cursor.selectionStart() + static_cast<int>(before.size());
    cursor.insertText(before + chosen + after);
    cursor.setPosition(start);
    cursor.setPosition(start + static_cast<int>(chosen.size()), QTextCursor::KeepAnchor);
    m_edit->setTextCursor(cursor);
    m_edit->setFocus();
}

void ParagraphField::start_lines_with(const QString &prefix) {
    auto cursor = m_edit->textCursor();
    auto block = m_edit->document()->findBlock(cursor.selectionStart());
    const auto last = m_edit->document()->findBlock(cursor.selectionEnd()).blockNumber();
    cursor.beginEditBlock();
    for (; block.isValid() && block.blockNumber() <= last; block = block.next()) {
        cursor.setPosition(block.position());
        if (block.text().startsWith(prefix)) {
            cursor.setPosition(block.position() + static_cast<int>(prefix.size()), QTextCursor::KeepAnchor);
            cursor.removeSelectedText();
        } else {
            cursor.insertText(prefix);
        }
    }
    cursor.endEditBlock();
    m_edit->setFocus();
}

void ParagraphField::refresh() {
    const auto now = text();
    if (m_edit->toPlainText() != now) {
        const QSignalBlocker quiet(m_edit);
        const auto position = m_edit->textCursor().position();
        m_edit->setPlainText(now);
        auto cursor = m_edit->textCursor();
        cursor.setPosition(std::min(position, static_cast<int>(now.size())));
        m_edit->setTextCursor(cursor);
    }
    fit_height();
    count();
}

void ParagraphField::set_placeholder(const QString &text) {
    m_edit->setPlaceholderText(text);
}

void ParagraphField::set_best_length(int characters) {
    m_best_length = characters;
    count();
}

void ParagraphField::count() {
    if (m_best_length == 0) {
        return;
    }
    const auto length = character_count(m_edit->toPlainText());
    set_hint(
        length > m_best_length
            ? tr("%1 characters: longer than the %2 that search engines show.").arg(length).arg(m_best_length)
            : tr("%1 of %2 characters").arg(length).arg(m_best_length));
}

// Queued, because a height set while the form is being laid out would be lost.
bool ParagraphField::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_edit->viewport() && event->type() == QEvent::Resize) {
        QMetaObject::invokeMethod(this, &ParagraphField::fit_height, Qt::QueuedConnection);
    }
    return Field::eventFilter(watched, event);
}

int ParagraphField::placeholder_lines() const {
    const auto metrics = m_edit->fontMetrics();
    const QRect room(0, 0, m_edit->viewport()->width() - 8, QWIDGETSIZE_MAX);
    const auto height = metrics.boundingRect(room, Qt::TextWordWrap, m_edit->placeholderText()).height();
    return std::min(height / metrics.lineSpacing(), max_placeholder_lines);
}

void ParagraphField::fit_height() {
    const auto line = m_edit->fontMetrics().lineSpacing();
    const auto *layout = qobject_cast<QPlainTextDocumentLayout *>(m_edit->document()->documentLayout());
    int lines = 0;
    for (auto block = m_edit->document()->begin(); block.isValid() && lines < max_lines;
         block = block.next()) {
        lines += qRound(layout->blockBoundingRect(block).height() / line);
    }
    const bool empty = m_edit->document()->isEmpty();
    const int height =
        std::max(std::clamp(lines, min_lines, max_lines), empty ? placeholder_lines() : 0) * line + 20;
    if (m_take_standard != nullptr) {
        m_take_standard->setVisible(empty);
    }
    // Sets both heights again, because a change of appearance resets them to the style sheet's.
    if (m_edit->minimumHeight() != height || m_edit->maximumHeight() != height) {
        m_edit->setFixedHeight(height);
    }
}

} // namespace studio::ui
