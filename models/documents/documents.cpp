// SPDX-License-Identifier: Apache-2.0
#include "models/documents/documents.h"

namespace studio::models {

std::string_view to_string(DocumentKind kind) {
    switch (kind) {
    case DocumentKind::Theme:
        return "theme";
    case DocumentKind::Photos:
        return "photos";
    default:
        return "content";
    }
}

const Json &Documents::of(DocumentKind kind) const {
    switch (kind) {
    case DocumentKind::Theme:
        return theme;
    case DocumentKind::Photos:
        return photos;
    default:
        return content;
    }
}

Json &Documents::of(DocumentKind kind) {
    switch (kind) {
    case DocumentKind::Theme:
        return theme;
    case DocumentKind::Photos:
        return photos;
    default:
        return content;
    }
}

} // namespace studio::models
