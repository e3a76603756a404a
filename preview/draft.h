// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/calendar.h"
#include "models/documents/documents.h"
#include "site/page.h"

#include <set>
#include <string>

namespace studio::preview {

// What the preview shows: a tenant's documents as they are in the editor, with one of the hero variants.
struct Draft {
    site::SiteSettings settings;
    std::string origin; // of the public page, "http://claire.localhost:8080"
    models::TenantId tenant_id;
    std::string subdomain;
    models::Documents documents;
    std::string hero_variant; // a variant's id; "" is the control
    // Availability and tours as they are stored: they are not in the documents, but the page shows them.
    models::Calendar calendar = {};
    // Pictures (models::picture_of()) that are shown to nobody: paused, or without their release.
    std::set<std::string> hidden_pictures = {};
};

// The same bytes that the public service would serve for these documents.
std::string render(const Draft &draft);

} // namespace studio::preview
