// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/editing/edit.h"
#include "ui/editor/draft/draft_document.h"

#include <QDeadlineTimer>
#include <QUndoCommand>

namespace studio::ui {

// One edit on the undo stack. Edits of one field without a pause between them are one step.
class EditCommand final : public QUndoCommand {
public:
    // `edit` has already been made; `inverse` undoes it.
    EditCommand(DraftDocument &document, models::Edit edit, models::Edit inverse, const QString &what);

    void undo() override;
    void redo() override;
    int id() const override { return m_edit.kind == models::Edit::Kind::Set ? 1 : -1; }
    bool mergeWith(const QUndoCommand *other) override;

private:
    DraftDocument &m_document;
    models::Edit m_edit;
    models::Edit m_inverse;
    QDeadlineTimer m_typing;
    bool m_undone = false;
};

// Replaces all three documents at once: a restored revision or a merge.
class ReplaceCommand final : public QUndoCommand {
public:
    ReplaceCommand(DraftDocument &document, models::Documents after, const QString &what);

    void undo() override;
    void redo() override;

private:
    DraftDocument &m_document;
    models::Documents m_before;
    models::Documents m_after;
};

} // namespace studio::ui
