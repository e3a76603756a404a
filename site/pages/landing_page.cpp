// SPDX-License-Identifier: Apache-2.0
#include "site/pages/landing_page.h"

#include "site/pages/document.h"
#include "site/pages/page_context.h"
#include "site/parts/contact_and_footer.h"
#include "site/parts/showcase.h"
#include "site/picture.h"
#include "site/structured_data.h"
#include "site/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace studio::site {

namespace {

// Keeps the page below 60 KB with the longest taglines.
constexpr std::size_t cards_a_page = 36;

// A large tile and two beside it, or three more below: with these numbers the mosaic has no hole.
constexpr std::size_t few_tiles = 3, most_tiles = 6;

// The cities by which the cards can be filtered, each with its class. Empty where the companions take several
// pages, because the filter sees only the cards of its own page.
using Cities = std::map<std::string, std::string>;

Cities fill_cities(PageContext &context, Part root, std::span<const ShowcaseEntry> shown, bool all) {
    std::set<std::string> names;
    for (const ShowcaseEntry &entry : shown) {
        if (!entry.city.empty()) {
            names.insert(entry.city);
        }
    }
    Cities cities;
    if (!all || names.size() < 2) {
        return cities;
    }
    Part filter = root.section("CITIES");
    for (const std::string &name : names) {
        const std::string id = context.rules.city(cities.size());
        cities.emplace(name, id);
        Part city = filter.section("CITY");
        city.text("ID", id);
        city.text("NAME", name);
    }
    return cities;
}

// The first companions' pictures beside the opening words; their cards say whose they are.
void fill_mosaic(PageContext &context, Part opening, std::span<const ShowcaseEntry> shown) {
    std::vector<const models::Photo *> photos;
    for (const ShowcaseEntry &entry : shown) {
        if (photos.size() < most_tiles && !picture_url(context.settings, entry.photo.url).empty()) {
            photos.push_back(&entry.photo);
        }
    }
    if (photos.size() < few_tiles) {
        return;
    }
    if (photos.size() < most_tiles) {
        photos.resize(few_tiles);
    }
    Part mosaic = opening.section("MOSAIC");
    for (const models::Photo *photo : photos) {
        PictureUse use;
        use.sizes = "(min-width:60em) 20vw,33vw";
        use.eager = photo == photos.front();
        use.widest = 960;
        use.decorative = true;
        fill_picture(context, mosaic.section("TILE"), "PHOTO", *photo, use);
    }
}

std::string path_of_page(std::size_t number) {
    return number == 1 ? "/" : "/?page=" + std::to_string(number);
}

// Links to the first page, the last one and those around the present one; a gap marks the pages left out.
void fill_pager(Part root, std::size_t current, std::size_t last) {
    if (last == 1) {
        return;
    }
    Part pager = root.section("PAGER");
    if (current > 1) {
        pager.section("EARLIER").text("HREF", path_of_page(current - 1) + "#companions");
    }
    if (current < last) {
        pager.section("LATER").text("HREF", path_of_page(current + 1) + "#companions");
    }
    bool gap = false;
    for (std::size_t number = 1; number <= last; ++number) {
        const bool near = number + 2 >= current && number <= current + 2;
        if (!near && number != 1 && number != last) {
            gap = true;
            continue;
        }
        Part item = pager.section("NUMBER");
        if (gap) {
            item.section("GAP");
        }
        gap = false;
        Part place = item.section(number == current ? "HERE" : "THERE");
        place.number("N", static_cast<long>(number));
        place.text("HREF", path_of_page(number) + "#companions");
    }
}

} // namespace

std::string least_price(const models::Content &content) {
    std::optional<models::Money> least;
    const auto offer = [&](const std::optional<models::Money> &price) {
        if (price && price->minor > 0 && (!least || price->minor < least->minor)) {
            least = price;
        }
    };
    offer(content.pricing.hourly);
    offer(content.pricing.overnight);
    offer(content.pricing.weekend);
    for (const models::CustomRate &rate : content.pricing.custom_rates) {
        offer(rate.price);
    }
    for (const models::Service &service : content.services) {
        offer(service.price);
    }
    return least ? models::format_money(*least, content.pricing.currency) : std::string();
}

std::size_t landing_page_count(std::size_t companions) {
    return std::max<std::size_t>(1, (companions + cards_a_page - 1) / cards_a_page);
}

RenderedPage render_landing_page(const SiteSettings &settings, const std::vector<ShowcaseEntry> &companions,
                                 std::size_t page) {
    const std::size_t last = landing_page_count(companions.size());
    const std::size_t current = std::clamp<std::size_t>(page, 1, last);
    const std::span<const ShowcaseEntry> shown =
        std::span(companions)
            .subspan((current - 1) * cards_a_page,
                     std::min(cards_a_page, companions.size() - (current - 1) * cards_a_page));
    PageContext context(settings, no_tenant());
    Document document("landing.tpl");
    Part root = document.root();
    root.text("PLATFORM", settings.platform_name);
    if (!settings.contact_email.empty()) {
        Part contact = root.section("PLATFORM_CONTACT");
        fill_breakable(contact, settings.contact_email);
        contact.text("ENCODED", percent_encoded(settings.contact_email));
    }
    if (current == 1) {
        Part opening = root.section("OPENING");
        if (!shown.empty()) {
            opening.section("MEET");
        }
        fill_mosaic(context, opening, shown);
    } else {
        root.section("FURTHER").number("N", static_cast<long>(current));
    }
    if (shown.empty()) {
        root.section("EMPTY");
    } else {
        Part list = root.section("SHOWCASE");
        const Cities cities = fill_cities(context, root, shown, last == 1);
        for (const ShowcaseEntry &entry : shown) {
            const auto city = cities.find(entry.city);
            fill_card(context, list, entry, city == cities.end() ? std::string() : city->second);
        }
    }
    fill_pager(root, current, last);
    Head head;
    const std::string which = current == 1 ? "" : ", page " + std::to_string(current);
    head.title = settings.platform_name + " – companions, each on her own terms" + which;
    head.description = "Independent companions, each with a site of her own. Discreet, direct and verified.";
    head.canonical = safe_url(settings.platform_origin + path_of_page(current));
    head.site_name = settings.platform_name;
    head.body_class = "layout-platform";
    head.json_ld = landing_structured_data(settings, shown);
    RenderedPage result = wrap_document({platform_theme(), platform_palette(), {"platform.css"}},
                                        context.rules, head, document.expand());
    return result;
}

} // namespace studio::site
