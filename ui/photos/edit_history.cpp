// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/edit_history.h"

#include <utility>

namespace studio::ui {

void EditHistory::change(const media::PictureEdits &edits, bool joins) {
    if (edits == m_edits) {
        return;
    }
    if (!joins || !m_joins) {
        m_undo.push_back(m_edits);
    }
    m_joins = joins;
    m_redo.clear();
    m_edits = edits;
}

void EditHistory::undo() {
    if (can_undo()) {
        m_redo.push_back(std::exchange(m_edits, m_undo.back()));
        m_undo.pop_back();
        m_joins = false;
    }
}

void EditHistory::redo() {
    if (can_redo()) {
        m_undo.push_back(std::exchange(m_edits, m_redo.back()));
        m_redo.pop_back();
        m_joins = false;
    }
}

media::PictureEdits turned(media::PictureEdits edits) {
    edits.quarter_turns = (edits.quarter_turns + 1) % 4;
    if (edits.crop) {
        const auto before = *edits.crop;
        edits.crop = {1 - before.y - before.height, before.x, before.height, before.width};
    }
    return edits;
}

} // namespace studio::ui
