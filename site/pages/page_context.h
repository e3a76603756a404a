// SPDX-License-Identifier: Apache-2.0
// The data from which the parts of one page are filled, and what they collect for the page's head.
#pragma once

#include "site/page.h"
#include "site/style_sheet.h"
#include "site/template.h"

namespace studio::site {

struct PageContext {
    const SiteSettings &settings;
    const TenantPage &page;
    models::Palette palette;
    PageRules rules;
    std::string hero_preload;               // value of a Link header
    models::TextLuminance behind_text = {}; // of the hero's photo, where text stands on it

    PageContext(const SiteSettings &site_settings, const TenantPage &tenant_page)
        : settings(site_settings), page(tenant_page), palette(models::derive_palette(tenant_page.theme)) {}
};

} // namespace studio::site
