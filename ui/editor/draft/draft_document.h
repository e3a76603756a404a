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

    // Starts over: `base` is revision `base_number` as saved, `current` what is being edited.
    void reset(int base_number, models::Documents base, models::Documents current);
    // `documents` are now revision `number`; what was typed since stays and is unsaved.
    void mark_saved(int number, models::Documents documents);
    // After a conflict: edits are now on top of somebody else's revision. Undo does not reach back beyond it,
    // because that would take their edits out again.
    void rebase(int number, models::Documents theirs, const models::Documents &merged);
    // Edits are refused with a reason.
    void set_read_only(bool read_only);
    bool read_only() const { return m_read_only; }

    const models::Documents &documents() const { return m_documents; }
    const models::Documents &base() const { return m_base; }
    int base_number() const { return m_base_number; }
    bool dirty() const { return m_dirty; }
    const models::ValidationIssues &issues() const { return m_issues; }
    QUndoStack *undo_stack() { return &m_stack; }

    models::Json value(const QString &pointer) const; // null where there is none
    QString text(const QString &pointer) const;
    std::size_t size(const QString &pointer) const; // of a list; 0 where there is none

    // Consecutive sets of one field become one undo step. Setting what is already there does nothing.
    void set(const QString &pointer, const models::Json &value, const QString &what);
    void remove(const QString &pointer, const QString &what);
    void insert(const QString &list, std::size_t index, const models::Json &value, const QString &what);
    void move(const QString &list, std::size_t from, std::size_t to, const QString &what);
    void replace(const models::Documents &documents, const QString &what);

signals:
    // A value at, above or below the pointer is new. "" means everything.
    void changed(const QString &pointer);
    // A list has got, lost or moved an element.
    void list_changed(const QString &list);
    void dirty_changed(bool dirty);
    void issues_changed();
    void read_only_changed(bool read_only);
    // Undo or redo has just changed this field.
    void revealed(const QString &pointer);
    // The edit could not be made; the documents are as they were.
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
