// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validate_documents.h"
#include "models/documents/validation_issue.h"
#include "models/editing/edit.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUndoStack>

namespace studio::ui {

// The three documents of one tenant while they are edited: every change is one invertible edit on one undo
// stack. Pointers name the document first: "/content/tagline".
class DraftDocument final : public QObject {
    Q_OBJECT

public:
    explicit DraftDocument(QObject *parent = nullptr);

    // Starts over. `base` is revision `base_number` as saved; `current` is what is edited.
    void reset(int base_number, models::Documents base, models::Documents current);
    // Records that `documents` were saved as revision `number`. Edits made since then stay and are unsaved.
    void mark_saved(int number, models::Documents documents);
    // Continues after a conflict: the edits are now on top of another person's revision. Undo does not reach
    // back beyond this, because it would remove that person's edits.
    void rebase(int number, models::Documents theirs, const models::Documents &merged);
    // While read-only, edits are refused with edit_refused().
    void set_read_only(bool read_only);
    bool read_only() const { return m_read_only; }

    const models::Documents &documents() const { return m_documents; }
    const models::Documents &base() const { return m_base; }
    int base_number() const { return m_base_number; }
    bool dirty() const { return m_dirty; }
    const models::ValidationIssues &issues() const { return m_issues; }
    QUndoStack *undo_stack() { return &m_stack; }

    models::Json value(const QString &pointer) const; // null where the pointer leads to nothing
    QString text(const QString &pointer) const;
    std::size_t size(const QString &pointer) const; // of a list; 0 where the pointer leads to none

    // Consecutive calls for one field become one undo step. Setting the value that is already there does
    // nothing.
    void set(const QString &pointer, const models::Json &value, const QString &what);
    void remove(const QString &pointer, const QString &what);
    void insert(const QString &list, std::size_t index, const models::Json &value, const QString &what);
    void move(const QString &list, std::size_t from, std::size_t to, const QString &what);
    void replace(const models::Documents &documents, const QString &what);

signals:
    // The value at the pointer has changed, or one above or below it. "" means any.
    void changed(const QString &pointer);
    // An element of a list was added, removed or moved.
    void list_changed(const QString &list);
    void dirty_changed(bool dirty);
    void issues_changed();
    void read_only_changed(bool read_only);
    // Undo or redo changed this field, which should be shown.
    void revealed(const QString &pointer);
    // An edit was refused; the documents are unchanged.
    void edit_refused(const QString &reason);

private:
    friend class EditCommand;
    friend class ReplaceCommand;

    models::Edit apply(const models::Edit &edit, bool reveal);
    void assign(const models::Documents &documents);
    bool refuse();
    void push(models::Edit edit, const QString &what);
    void after_change();
    void validate();

    models::Documents m_documents;
    models::Documents m_base;
    models::ValidationIssues m_issues;
    QUndoStack m_stack;
    QTimer m_validation;
    int m_base_number = 0;
    bool m_dirty = false;
    bool m_read_only = false;
};

} // namespace studio::ui
