// SPDX-License-Identifier: Apache-2.0
// Three-way merge of a tenant's documents.
#pragma once

#include "models/documents/documents.h"

#include <string>
#include <vector>

namespace studio::models {

// A place that both sides changed in different ways. If both reordered a list, the values are the whole list
// in each order.
struct MergeConflict {
    std::string pointer;     // into the merged documents, as they are before any resolve()
    Json base, mine, theirs; // null where absent
    std::vector<Json>
        path; // the same place, list elements as {"id": …}: stays valid while other conflicts are resolved
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
