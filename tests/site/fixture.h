// SPDX-License-Identifier: Apache-2.0
// Tenants to render in tests: from everything filled to almost nothing.
#pragma once

#include "models/documents.h"
#include "site/page.h"

#include <string>
#include <vector>

namespace studio::site::testing {

models::Documents rich_documents();    // eight services, twelve photos, testimonials, prices
models::Documents sparse_documents();  // a name, a tagline, an e-mail address and one photo
models::Documents crowded_documents(); // 30 services, 60 photos, a bio of 900 words, a very long name
models::Documents dark_documents();    // as rich, light text on a dark page

struct Sample {
    std::string name;
    models::Documents documents;
};
std::vector<Sample> samples();

SiteSettings settings();
TenantPage page_of(const models::Documents &documents, const std::string &layout = {}, const std::string &spacing = {});
std::vector<ShowcaseEntry> showcase(std::size_t count);

} // namespace studio::site::testing
