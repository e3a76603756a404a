// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"
#include "ui/editor/draft/draft_document.h"

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

namespace studio::ui {

class FieldRegistry;

// One value of the documents in a form: a label, the editor, and below it what is wrong with the value,
// updated while typing. The editor's objectName is "field:" and the pointer.
class Field : public QWidget {
    Q_OBJECT

public:
    Field(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
          QWidget *parent = nullptr);
    ~Field() override;

    const QString &pointer() const { return m_pointer; }
    QString label() const;
    // Shows the document's value in the editor. Must not change the document.
    virtual void refresh() = 0;
    // Puts text that was typed but not confirmed into the document.
    virtual void settle() {}
    void take_focus();
    void show_issues(const models::ValidationIssues &issues);
    void set_hint(const QString &hint);

protected:
    // Adds the editor to the layout, sets its objectName, and leaves undo and redo to the document.
    void set_editor(QWidget *editor);
    // Leaves undo, redo and save in this widget to the page.
    void share_shortcuts(QWidget *widget);
    void commit(const models::Json &value);
    void commit_nothing(); // removes the value
    models::Json value() const { return m_document.value(m_pointer); }
    QString text() const { return m_document.text(m_pointer); }
    DraftDocument &document() { return m_document; }
    QVBoxLayout *column() { return m_column; }
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    DraftDocument &m_document;
    FieldRegistry &m_registry;
    QString m_pointer;
    QVBoxLayout *m_column;
    QLabel *m_label;
    QLabel *m_hint;
    QLabel *m_message;
    QWidget *m_editor = nullptr;
};

} // namespace studio::ui
