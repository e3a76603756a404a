// SPDX-License-Identifier: Apache-2.0
// A whole HTML document around the body of a page.
#pragma once

#include "site/pages/page_context.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// Everything that is written around a finished body.
struct Head {
    std::string title, description, canonical, robots = "index,follow,max-image-preview:large";
    std::string image, image_alt; // Open Graph, absolute
    std::string site_name, type = "website";
    std::string body_class, json_ld;
    std::vector<std::string> keywords;
    std::vector<std::string_view> scripts; // of resources/site/js, in their order
    const TenantPage *visited = nullptr;   // the page whose experiments and hero photo the script reports;
                                           // nullptr where visits are not reported
};

struct PageStyle {
    const models::Theme &theme;
    const models::Palette &palette;         // derive_palette(theme)
    std::vector<std::string_view> sheets;   // that follow base.css
    bool custom_css = false;                // whether the theme's own CSS goes in
    models::TextLuminance behind_text = {}; // of the hero's photo
};
RenderedPage wrap_document(const PageStyle &design, const PageRules &rules, const Head &head,
                           const std::string &body);

// The theme of the platform's own pages.
const models::Theme &platform_theme();
const models::Palette &platform_palette();

} // namespace studio::site
