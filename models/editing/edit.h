// SPDX-License-Identifier: Apache-2.0
// Edits of JSON documents by pointer, each invertible: what the desktop's undo stack and companionctl's
// "tenant set" are made of.
#pragma once

#include "models/documents/documents.h"

#include <optional>
#include <stdexcept>
#include <string>

namespace studio::models {

struct Edit {
    enum class Kind { Set, Remove, Insert, Move };
    Kind kind = Kind::Set;
    DocumentKind document = DocumentKind::Content;
    std::string pointer; // Set creates missing objects on the way; Insert names the new element's index
    Json value;          // Set, Insert
    std::size_t to = 0;  // Move: the element's new index in the same list
    bool operator==(const Edit &) const = default;
};

// The pointer leads nowhere, or through something that is neither object nor list.
class EditError final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Applies the edit and returns the one that undoes it. Throws EditError and leaves the documents as they
// were.
Edit apply(Documents &documents, const Edit &edit);

} // namespace studio::models
