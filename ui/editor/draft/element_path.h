// SPDX-License-Identifier: Apache-2.0
// A place in the documents that holds while lists are put in order, grow and shrink: elements of a list are
// named by their id rather than by their index.
#pragma once

#include "models/documents/documents.h"

#include <QString>

#include <optional>
#include <vector>

namespace studio::ui {

// Keys as text, elements of lists as {"id": …}; those that have no id as {"index": …, "value": …}.
using ElementPath = std::vector<models::Json>;

// The place that a pointer such as "/photos/hero/variants/1/url" has now.
ElementPath element_path(const models::Documents &documents, const QString &pointer);

// Where it is in these documents; nullopt where an element of the path does not exist.
std::optional<QString> find_pointer(const models::Documents &documents, const ElementPath &path);

} // namespace studio::ui
