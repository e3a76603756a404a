// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/field.h"

#include "ui/editor/fields/field_registry.h"
#include "ui/widgets/style_sheet.h"

#include <QKeyEvent>

namespace studio::ui {

Field::Field(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
             QWidget *parent)
    : QWidget(parent), m_document(document), m_registry(registry), m_pointer(pointer),
      m_column(new QVBoxLayout(this)), m_label(new QLabel(label, this)), m_hint(new QLabel(this)),
      m_message(new QLabel(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    m_column->addWidget(m_label);
    m_column->addWidget(m_hint);
    m_column->addWidget(m_message);
    set_text_role(m_label, TextRole::Small);
    set_text_role(m_hint, TextRole::Muted);
    set_text_role(m_message, TextRole::Negative);
    m_label->setVisible(!label.isEmpty());
    m_hint->hide();
    m_message->hide();
    m_message->setObjectName(QStringLiteral("message:") + pointer);
    for (auto *text : {m_hint, m_message}) {
        text->setWordWrap(true);
    }
    m_registry.add(this);
    setEnabled(!m_document.read_only());
    connect(&m_document, &DraftDocument::read_only_changed, this,
            [this](bool read_only) { setEnabled(!read_only); });
}

Field::~Field() {
    m_registry.remove(this);
}

QString Field::label() const {
    return m_label->text();
}

void Field::set_editor(QWidget *editor) {
    m_editor = editor;
    m_column->insertWidget(1, editor);
    editor->setObjectName(QStringLiteral("field:") + m_pointer);
    editor->setAccessibleName(label());
    m_label->setBuddy(editor);
    share_shortcuts(editor);
}

void Field::share_shortcuts(QWidget *widget) {
    widget->installEventFilter(this);
}

// A widget with its own undo would accept this event and handle the keys; if it is ignored, the page handles
// them.
bool Field::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Field::take_focus() {
    if (m_editor) {
        m_editor->setFocus(Qt::OtherFocusReason);
    }
}

void Field::show_issues(const models::ValidationIssues &issues) {
    QStringList errors, warnings;
    for (const auto &issue : issues) {
        (issue.severity == models::Severity::Error ? errors : warnings)
            << QString::fromStdString(issue.message);
    }
    m_message->setText((errors + warnings).join(QLatin1Char('\n')));
    m_message->setVisible(!m_message->text().isEmpty());
    set_text_role(m_message, errors.isEmpty() ? TextRole::Muted : TextRole::Negative);
    if (m_editor) {
        set_invalid(m_editor, !errors.isEmpty());
        m_editor->setAccessibleDescription(m_message->text());
    }
}

void Field::set_hint(const QString &hint) {
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void Field::commit(const models::Json &value) {
    m_document.set(m_pointer, value, label());
}

void Field::commit_nothing() {
    m_document.remove(m_pointer, label());
}

} // namespace studio::ui
