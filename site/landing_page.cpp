// SPDX-License-Identifier: Apache-2.0
#include "site/page_context.h"
#include "site/picture.h"
#include "site/structured_data.h"
#include "site/text.h"

namespace studio::site {

namespace {

// Pictures are filled through a context; the landing page has no tenant of its own.
const TenantPage &nobody() {
    static const TenantPage page = [] {
        TenantPage empty;
        empty.theme = platform_theme();
        return empty;
    }();
    return page;
}

void fill_card(PageContext &context, Part list, const ShowcaseEntry &entry, bool eager) {
    const std::string home = safe_url(entry.origin + '/');
    if (home.empty())
        return;
    Part card = list.section("CARD");
    card.text("HREF", home);
    card.text("NAME", entry.name);
    card.text("ACCENT", context.rules.accent(models::derive_palette(entry.theme)));
    card.optional("TAGLINE", entry.tagline);
    card.optional("CITY", entry.city);
    if (!fill_picture(context, card, "PHOTO", entry.photo,
                      {"", "(min-width:60em) 30vw,(min-width:36em) 50vw,100vw", "", "", eager, 960}))
        card.section("BLANK").text("INITIAL", entry.name.substr(0, entry.name.find(' ')));
}

} // namespace

RenderedPage render_landing_page(const SiteSettings &settings, const std::vector<ShowcaseEntry> &companions) {
    PageContext context(settings, nobody());
    Document document("landing.tpl");
    Part root = document.root();
    root.text("PLATFORM", settings.platform_name);
    if (companions.empty()) {
        root.section("EMPTY");
    } else {
        Part list = root.section("SHOWCASE");
        for (std::size_t i = 0; i < companions.size(); ++i)
            fill_card(context, list, companions[i], i == 0);
    }
    Head head;
    head.title = settings.platform_name + " – companions, each on her own terms";
    head.description = "Independent companions, each with a site of her own. Discreet, direct and verified.";
    head.canonical = safe_url(settings.platform_origin + '/');
    head.site_name = settings.platform_name;
    head.body_class = "layout-platform";
    head.json_ld = landing_structured_data(settings, companions);
    RenderedPage result = finish({platform_theme(), platform_palette(), {"platform.css"}}, context.rules,
                                 head, document.expand());
    result.image_sources.assign(context.image_sources.begin(), context.image_sources.end());
    return result;
}

} // namespace studio::site
