// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/edit_command.h"

namespace studio::ui {

namespace {
constexpr int typing_pause_ms = 2000;
}

EditCommand::EditCommand(DraftDocument &document, models::Edit edit, models::Edit inverse,
                         const QString &what)
    : QUndoCommand(what), m_document(document), m_edit(std::move(edit)), m_inverse(std::move(inverse)),
      m_typing(typing_pause_ms) {}

void EditCommand::redo() {
    if (m_undone) {
        m_inverse = m_document.apply(m_edit, true);
    }
}

void EditCommand::undo() {
    m_document.apply(m_inverse, true);
    m_undone = true;
    m_typing.setRemainingTime(0);
}

bool EditCommand::mergeWith(const QUndoCommand *command) {
    const auto *other = static_cast<const EditCommand *>(command);
    if (m_typing.hasExpired() || other->m_edit.document != m_edit.document ||
        other->m_edit.pointer != m_edit.pointer) {
        return false;
    }
    m_edit = other->m_edit;
    m_typing.setRemainingTime(typing_pause_ms);
    return true;
}

ReplaceCommand::ReplaceCommand(DraftDocument &document, models::Documents after, const QString &what)
    : QUndoCommand(what), m_document(document), m_before(document.documents()), m_after(std::move(after)) {}

void ReplaceCommand::undo() {
    m_document.assign(m_before);
}

void ReplaceCommand::redo() {
    m_document.assign(m_after);
}

} // namespace studio::ui
