// SPDX-License-Identifier: Apache-2.0
// Structural comparison of JSON documents. Lists whose elements all are objects with an
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
// The changes in all three documents; pointers start with "/theme", "/content" or "/photos".
std::vector<Change> difference(const Documents &before, const Documents &after);
// A place in the documents: "Services › Dinner Date › Price".
std::string place_name(const std::string &pointer, const Documents &documents);

} // namespace studio::models
