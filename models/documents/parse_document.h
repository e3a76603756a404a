// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"
#include "models/json/json.h"

#include <string_view>

namespace studio::models {

inline constexpr std::size_t max_document_bytes = 1024 * 1024;
inline constexpr std::size_t max_document_depth = 32;

// Parses text that came from outside (file, database, form). Refuses invalid UTF-8, more than `max_bytes`
// and nesting deeper than 32. On failure the issue's pointer is "" and the message names line and column.
struct ParsedDocument {
    Json document;
    ValidationIssues issues;
};
ParsedDocument parse_document(std::string_view text, std::size_t max_bytes = max_document_bytes);

} // namespace studio::models
