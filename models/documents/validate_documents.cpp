// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_documents.h"

#include "models/documents/content.h"
#include "models/documents/documents.h"
#include "models/documents/photos.h"
#include "models/documents/validate_content.h"
#include "models/documents/validate_photos.h"
#include "models/documents/validate_theme.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::models {

namespace {

// A testimonial may show a testimonial photo or one of the gallery.
void check_testimonial_photos(const Documents &documents, ValidationIssues &issues) {
    const Photos photos = read_photos(documents.photos);
    const auto has = [](const std::vector<Photo> &list, const std::string &id) {
        return std::any_of(list.begin(), list.end(), [&](const Photo &photo) { return photo.id == id; });
    };
    std::size_t position = 0;
    const auto list = documents.content.find("testimonials");
    if (list == documents.content.end()) {
        return;
    }
    for (const auto &testimonial : read_content(documents.content).testimonials) {
        while (position < list->size() && !(*list)[position].is_object()) {
            ++position;
        }
        if (!testimonial.photo_id.empty() && !has(photos.testimonials, testimonial.photo_id) &&
            !has(photos.gallery, testimonial.photo_id)) {
            issues.push_back(
                {fmt::format("/content/testimonials/{}/photoId", position),
                 fmt::format(
                     "There is no photo \"{}\": choose a testimonial or gallery photo, or leave it empty.",
                     testimonial.photo_id)});
        }
        ++position;
    }
}

} // namespace

ValidationIssues validate(DocumentKind kind, const Json &document) {
    switch (kind) {
    case DocumentKind::Theme:
        return validate_theme(document);
    case DocumentKind::Photos:
        return validate_photos(document);
    default:
        return validate_content(document);
    }
}

ValidationIssues validate(const Documents &documents) {
    ValidationIssues issues;
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        for (auto &issue : validate(kind, documents.of(kind))) {
            issue.pointer = fmt::format("/{}{}", to_string(kind), issue.pointer);
            issues.push_back(std::move(issue));
        }
    }
    if (documents.content.is_object()) {
        check_testimonial_photos(documents, issues);
    }
    return issues;
}

} // namespace studio::models
