// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <optional>
#include <string>

namespace studio::models {

// "theme.colors.primary", "content.services[1].price" or "content.services.dinner.price" (by id) as document
// and pointer; nullopt if the first word is no document.
struct FieldPath {
    DocumentKind document;
    std::string pointer;
};
std::optional<FieldPath> parse_field_path(const Documents &documents, const std::string &path);

} // namespace studio::models
