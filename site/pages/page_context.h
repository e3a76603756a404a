// SPDX-License-Identifier: Apache-2.0
// What the parts of one page are filled from, and what they leave behind for its head.
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
    std::string hero_preload; // value of a Link header

    PageContext(const SiteSettings &site_settings, const TenantPage &tenant_page)
        : settings(site_settings), page(tenant_page), palette(models::derive_palette(tenant_page.theme)) {}
};

// What a finished body is wrapped in.
struct Head {
    std::string title, description, canonical, robots = "index,follow,max-image-preview:large";
    std::string image, image_alt; // Open Graph, absolute
    std::string site_name, type = "website";
    std::string body_class, json_ld;
    std::vector<std::string> keywords;
    std::vector<std::string_view> scripts; // of resources/site/js, in their order
    const TenantPage *visited = nullptr;   // the page whose tests and hero photo the script reports
};

struct Dress {
    const models::Theme &theme;
    const models::Palette &palette;       // derive_palette(theme)
    std::vector<std::string_view> sheets; // what follows base.css
    bool custom_css = false;              // whether the theme's own CSS goes in
};
RenderedPage finish(const Dress &dress, const PageRules &rules, const Head &head, const std::string &body);

// The theme of the platform's own pages.
const models::Theme &platform_theme();
const models::Palette &platform_palette();

} // namespace studio::site
