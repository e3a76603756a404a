// SPDX-License-Identifier: Apache-2.0
// The three configuration documents of a tenant, as JSON. Only the JSON is stored: typed views (Theme,
// Content, Photos) are read from it and edits are made to it, so keys that this version does not know are
// never lost.
#pragma once

#include "models/documents/validation_issue.h"
#include "models/json/json.h"

#include <string_view>

namespace studio::models {

enum class DocumentKind { Theme, Content, Photos };

// "theme", "content", "photos": also the first segment of a path in companionctl.
std::string_view to_string(DocumentKind kind);

struct Documents {
    Json theme = Json::object();
    Json content = Json::object();
    Json photos = Json::object();

    const Json &of(DocumentKind kind) const;
    Json &of(DocumentKind kind);
    bool operator==(const Documents &) const = default;
};

inline constexpr int current_schema_version = 1;

// Validation of each document on its own. Errors make a document unpublishable; warnings never do.
ValidationIssues validate_theme(const Json &document);
ValidationIssues validate_content(const Json &document);
ValidationIssues validate_photos(const Json &document);
ValidationIssues validate(DocumentKind kind, const Json &document);

// All three, and what must agree between them (a testimonial's photo exists …). Pointers are prefixed with
// the document: "/theme/colors/primary", "/photos/hero/variants/0/weight".
ValidationIssues validate(const Documents &documents);

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
