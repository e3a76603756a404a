// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/paragraph_field.h"

#include "ui/widgets/phrases.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPlainTextDocumentLayout>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int min_lines = 3;
constexpr int max_lines = 14;
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

void ParagraphField::add_markdown_buttons() {
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    const auto add = [this, row](const QString &text, const QString &tip, auto act) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setObjectName(QStringLiteral("markdown:%1:%2").arg(pointer(), text));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        connect(button, &QToolButton::clicked, this, act);
        row->addWidget(button);
    };
    add(QStringLiteral("B"), tr("Bold"), [this] { surround("**", "**", tr("bold text")); });
    add(QStringLiteral("I"), tr("Italic"), [this] { surround("*", "*", tr("text in italics")); });
    add(QStringLiteral("H"), tr("Heading"), [this] { start_lines_with("## "); });
    add(QStringLiteral("•"), tr("List"), [this] { start_lines_with("- "); });
    add(QStringLiteral("“”"), tr("Quote"), [this] { start_lines_with("> "); });
    add(QStringLiteral("↗"), tr("Link"), [this] { surround("[", "](https://)", tr("link text")); });
    row->addStretch(1);
    column()->insertLayout(1, row);
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

void ParagraphField::fit_height() {
    const auto line = m_edit->fontMetrics().lineSpacing();
    const auto *layout = qobject_cast<QPlainTextDocumentLayout *>(m_edit->document()->documentLayout());
    int lines = 0;
    for (auto block = m_edit->document()->begin(); block.isValid() && lines < max_lines;
         block = block.next()) {
        lines += qRound(layout->blockBoundingRect(block).height() / line);
    }
    const int height = std::clamp(lines, min_lines, max_lines) * line + 20;
    // Sets both heights again, because a change of appearance resets them to the style sheet's.
    if (m_edit->minimumHeight() != height || m_edit->maximumHeight() != height) {
        m_edit->setFixedHeight(height);
    }
}

} // namespace studio::ui
