// SPDX-License-Identifier: Apache-2.0
#include "site/parts/hero.h"

#include "base/text.h"
#include "site/parts/gallery.h"
#include "site/parts/services_and_pricing.h"
#include "site/picture.h"

#include <algorithm>

namespace studio::site {

namespace {

void add_link(Part list, const char *id, const char *label) {
    Part link = list.section("LINK");
    link.text("ID", id);
    link.text("LABEL", label);
}

// Long names are set in a smaller size, so that they do not fill the screen.
const char *name_class(const std::string &name) {
    const std::size_t length = base::character_count(name);
    return length > 40 ? "very-long" : length > 20 ? "long" : "short";
}

void add_fact(Part facts, const char *label, const std::string &value, const char *pointer) {
    if (value.empty()) {
        return;
    }
    Part fact = facts.section("FACT");
    fact.text("LABEL", label);
    fact.text("VALUE", value);
    fact.text("FIELD", pointer);
}

void fill_facts(const models::Content &content, Part hero) {
    const bool any = content.pricing.hourly || !content.contact.available_hours.empty() ||
                     !content.contact.response_time.empty();
    if (!any) {
        return;
    }
    Part facts = hero.section("FACTS");
    if (content.pricing.hourly) {
        add_fact(facts, "From",
                 models::format_money(*content.pricing.hourly, content.pricing.currency) + " an hour",
                 "/content/pricing/hourly");
    }
    add_fact(facts, "Available", content.contact.available_hours, "/content/contact/availableHours");
    add_fact(facts, "Replies", content.contact.response_time, "/content/contact/responseTime");
}

} // namespace

HeroPhoto hero_photo(const TenantPage &page) {
    const auto &variants = page.photos.hero.variants;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        if (!page.hero_variant.empty() && variants[i].id == page.hero_variant) {
            return {variants[i].photo, "/photos/hero/variants/" + std::to_string(i)};
        }
    }
    return {page.photos.hero.control, "/photos/hero/control"};
}

std::string call_to_action(const models::Content &content) {
    return content.cta_label.empty() ? "Request a booking" : content.cta_label;
}

std::string short_name(const models::Content &content) {
    const auto spaces = std::count(content.name.begin(), content.name.end(), ' ');
    return spaces == 1 ? content.name.substr(0, content.name.find(' ')) : content.name;
}

void fill_header(PageContext &context, Part page, const PhotoPlan &plan) {
    const models::Content &content = context.page.content;
    Part header = page.include("HEADER", "header.tpl");
    header.text("HOME", "/");
    header.text("NAME", content.name);
    if (content.age_gate) {
        header.section("GATE");
    }
    Part nav = header.section("NAV");
    if (!content.bio.empty() || !content.short_bio.empty()) {
        add_link(nav, "about", "About");
    }
    if (!content.services.empty()) {
        add_link(nav, "services", "Services");
    }
    if (!plan.gallery.empty()) {
        add_link(nav, "gallery", "Gallery");
    }
    if (has_pricing(content.pricing)) {
        add_link(nav, "rates", "Rates");
    }
    add_link(nav, "contact", "Contact");
    header.section("BOOK").text("CTA", call_to_action(content));
}

void fill_hero(PageContext &context, Part page, const PhotoPlan &plan) {
    const models::Content &content = context.page.content;
    const models::Layout layout = context.page.theme.layout;
    Part hero = page.include("HERO", "hero.tpl");
    hero.optional("CITY", content.location.city);
    hero.text("NAME", content.name);
    hero.text("NAME_CLASS", name_class(content.name));
    hero.optional("TAGLINE", content.tagline);
    hero.text("CTA", call_to_action(content));
    if (layout == models::Layout::Modern) {
        hero.optional("INTRO", content.short_bio);
        fill_facts(content, hero);
    }
    Part more = hero;
    if (!content.services.empty()) {
        more = hero.section("SECOND");
        more.text("ID", "services");
        more.text("LABEL", "See services");
    } else if (!plan.gallery.empty()) {
        more = hero.section("SECOND");
        more.text("ID", "gallery");
        more.text("LABEL", "See photos");
    }
    const HeroPhoto shown = hero_photo(context.page);
    const bool minimal = layout == models::Layout::Minimal;
    PictureUse use{shown.pointer, layout == models::Layout::Modern ? "(min-width:56em) 50vw,100vw" : "100vw",
                   "hero-photo",  content.name,
                   !minimal,      4096};
    if (minimal) {
        use.sizes = "(min-width:44em) 42rem,100vw";
        if (!picture_url(context.settings, shown.photo.url).empty()) {
            fill_picture(context, page.section("PLATE"), "PHOTO", shown.photo, use);
        }
        return;
    }
    if (fill_picture(context, hero, "PHOTO", shown.photo, use)) {
        context.hero_preload = preload_header(context.settings, shown.photo, use.sizes);
        context.behind_text = shown.photo.luminance.value_or(models::TextLuminance{});
    } else {
        hero.section("BARE");
    }
}

} // namespace studio::site
