// SPDX-License-Identifier: Apache-2.0
// A place in the documents that stays valid while lists are reordered, grow and shrink: elements of lists are
// named by id rather than by index.
#pragma once

#include "models/documents/documents.h"

#include <QString>

#include <optional>
#include <vector>

namespace studio::ui {

// The steps of a path: keys as text, elements of lists as {"id": …}, elements without an id as {"index": …,
// "value": …}.
using ElementPath = std::vector<models::Json>;

// The path of a pointer such as "/photos/hero/variants/1/url" in these documents.
ElementPath element_path(const models::Documents &documents, const QString &pointer);

// The pointer of a path in these documents; nullopt where an element of the path does not exist.
std::optional<QString> find_pointer(const models::Documents &documents, const ElementPath &path);

} // namespace studio::ui
