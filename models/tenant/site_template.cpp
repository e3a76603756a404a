// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/site_template.h"

#include "models/tenant/embedded_templates.h"

#include <algorithm>

namespace studio::models {

namespace {

constexpr std::string_view name_mark = "{name}";

SiteTemplate load(const std::string &slug, const std::string &title, const std::string &description) {
    SiteTemplate loaded{slug, title, description, {}};
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        loaded.documents.of(kind) =
            Json::parse(embedded_template(slug + "/" + std::string(to_string(kind)) + ".json"));
    }
    return loaded;
}

void replace_name(Json &value, const std::string &name) {
    if (value.is_structured()) {
        for (auto &child : value) {
            replace_name(child, name);
        }
    } else if (value.is_string()) {
        auto &text = value.get_ref<std::string &>();
        for (std::size_t at = text.find(name_mark); at != std::string::npos;
             at = text.find(name_mark, at + name.size())) {
            text.replace(at, name_mark.size(), name);
        }
    }
}

} // namespace

const std::vector<SiteTemplate> &site_templates() {
    static const std::vector<SiteTemplate> templates = {
        load("elegant", "Elegant",
             "A full-width photo with a serif name over it and generous space: for atmosphere."),
        load("modern", "Modern",
             "Photo and words side by side, rounded cards, clear prices: for quick decisions."),
        load("minimal", "Minimal",
             "Words first in one narrow column, one photo, no decoration: for quiet confidence."),
    };
    return templates;
}

const SiteTemplate *find_site_template(const std::string &slug) {
    const auto &templates = site_templates();
    const auto found = std::find_if(templates.begin(), templates.end(),
                                    [&](const SiteTemplate &candidate) { return candidate.slug == slug; });
    return found == templates.end() ? nullptr : &*found;
}

Documents start_from(const SiteTemplate &site_template, const std::string &name) {
    Documents documents = site_template.documents;
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        replace_name(documents.of(kind), name);
    }
    return documents;
}

} // namespace studio::models
