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

} // namespace studio::models
