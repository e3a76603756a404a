// SPDX-License-Identifier: Apache-2.0
#include "site/parts/showcase.h"

#include "site/pages/document.h"
#include "site/picture.h"
#include "site/text.h"

namespace studio::site {

const TenantPage &no_tenant() {
    static const TenantPage page = [] {
        TenantPage empty;
        empty.theme = platform_theme();
        return empty;
    }();
    return page;
}

void fill_card(PageContext &context, Part list, const ShowcaseEntry &entry, const std::string &css_class) {
    const std::string home = safe_url(entry.origin + '/');
    if (home.empty()) {
        return;
    }
    Part card = list.include("CARD", "card.tpl");
    card.text("HREF", home);
    card.text("NAME", entry.name);
    card.text("ACCENT", context.rules.accent(entry.theme, models::derive_palette(entry.theme),
                                             platform_palette().background));
    card.optional("IN_CITY", css_class);
    card.optional("TAGLINE", entry.tagline);
    card.optional("CITY", entry.city);
    card.optional("FROM", entry.from);
    PictureUse use;
    use.sizes = "(min-width:60em) 30vw,(min-width:36em) 50vw,100vw";
    use.widest = 960;
    if (!fill_picture(context, card, "PHOTO", entry.photo, use)) {
        card.section("BLANK").text("INITIAL", entry.name.substr(0, entry.name.find(' ')));
    }
}

} // namespace studio::site
