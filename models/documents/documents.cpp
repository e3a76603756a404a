// SPDX-License-Identifier: Apache-2.0
#include "models/documents/documents.h"

namespace studio::models {

namespace {

Json Documents::*member_of(DocumentKind kind) {
    switch (kind) {
    case DocumentKind::Theme:
        return &Documents::theme;
    case DocumentKind::Photos:
        return &Documents::photos;
    default:
        return &Documents::content;
    }
}

} // namespace

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
    return this->*member_of(kind);
}

Json &Documents::of(DocumentKind kind) {
    return this->*member_of(kind);
}

} // namespace studio::models
