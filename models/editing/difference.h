// SPDX-License-Identifier: Apache-2.0
// Structural comparison of JSON documents, and three-way merge. Lists whose elements all are objects with an
// "id" are compared by id; all other lists as a whole.
#pragma once

#include "models/documents/documents.h"

#include <string>
#include <vector>

namespace studio::models {

enum class ChangeKind { Added, Removed, Changed, Moved };

struct Change {
    ChangeKind kind = ChangeKind::Changed;
    std::string pointer; // into `after`; for Removed into `before`
    Json before;         // null for Added; for Moved the element's index in `before`
    Json after;          // null for Removed; for Moved its index in `after`
    bool operator==(const Change &) const = default;
};

std::vector<Change> difference(const Json &before, const Json &after);
// Over all three; pointers start with "/theme", "/content" or "/photos".
std::vector<Change> difference(const Documents &before, const Documents &after);

// What a change means to a person: "Services › Dinner Date › Price: 1,500 → 1,600".
std::string describe(const Change &change, const Documents &before, const Documents &after);
// A place in the documents: "Services › Dinner Date › Price".
std::string place_name(const std::string &pointer, const Documents &documents);

// Both sides changed one thing in different ways. Where both put a list into another order, the values are
// the whole list in either order.
struct MergeConflict {
    std::string pointer;     // into the merged documents, as they are before any resolve()
    Json base, mine, theirs; // null where absent
    std::vector<Json>
        path; // the same place, list elements as {"id": …}: holds while other conflicts are resolved
    bool operator==(const MergeConflict &) const = default;
};

struct MergeResult {
    Documents merged; // holds mine at every conflict
    std::vector<MergeConflict> conflicts;
};

// Services and rates without ids get them first (missing_ids.h), so that the merged documents have them.
MergeResult merge(Documents base, Documents mine, Documents theirs);

enum class MergeSide { Mine, Theirs };
// Puts one side's value at the conflict's place (removes it where that side has none).
void resolve(Documents &merged, const MergeConflict &conflict, MergeSide side);

} // namespace studio::models
