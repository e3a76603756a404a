// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/picture_edits.h"

#include <vector>

namespace studio::ui {

// The edits of one photo with what can be undone and redone.
class EditHistory final {
public:
    explicit EditHistory(media::PictureEdits edits = {}) : m_edits(std::move(edits)) {}

    const media::PictureEdits &edits() const { return m_edits; }
    // With `joins`, changes that follow each other are undone in one step, as those of a slider are.
    void change(const media::PictureEdits &edits, bool joins = false);
    void separate() { m_joins = false; } // what follows is undone by itself
    void undo();
    void redo();
    bool can_undo() const { return !m_undo.empty(); }
    bool can_redo() const { return !m_redo.empty(); }

private:
    media::PictureEdits m_edits;
    std::vector<media::PictureEdits> m_undo, m_redo;
    bool m_joins = false;
};

// The same edits on a picture turned once more, clockwise: the crop stays on the same part.
media::PictureEdits turned(media::PictureEdits edits);

} // namespace studio::ui
