// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <string>
#include <vector>

namespace studio::models {

// Documents with which a new companion's site can begin: without errors, with sample texts to replace.
struct SiteTemplate {
    std::string slug;        // "elegant"
    std::string title;       // "Elegant"
    std::string description; // one sentence
    Documents documents;     // "{name}" stands for the name: see start_from()
};

// From resources/starting_sites, compiled in; in the order in which a person should see them.
const std::vector<SiteTemplate> &site_templates();

// nullptr where there is none.
const SiteTemplate *find_site_template(const std::string &slug);

// The template's documents for one person.
Documents start_from(const SiteTemplate &site_template, const std::string &name);

} // namespace studio::models
