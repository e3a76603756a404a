// SPDX-License-Identifier: Apache-2.0
// Which fields the documents have. Other members of a document are preserved and have no effect.
#pragma once

#include "models/documents/documents.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// Whether there is a field at the pointer or below it: "/colors" and "/colors/primary" of the theme do.
bool is_known_field(DocumentKind kind, std::string_view pointer);

// The pointers of the members that are no fields. Members below such a member are not listed.
std::vector<std::string> unknown_fields(DocumentKind kind, const Json &document);

// The field that was probably meant, as a path: "theme.colors.primary" for "/primary" of the theme. "" where
// no field has a similar name.
std::string similar_field(DocumentKind kind, std::string_view pointer);

} // namespace studio::models
