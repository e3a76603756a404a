// SPDX-License-Identifier: Apache-2.0
#include "site/structured_data.h"

#include "models/documents/social_links.h"
#include "models/json/json.h"
#include "site/pages/landing_page.h"
#include "site/parts/contact_and_footer.h"
#include "site/parts/hero.h"
#include "site/picture.h"
#include "site/text.h"

namespace studio::site {

namespace {

using models::Json;

// Writes <, > and & as JSON escapes, because a script element must not contain "</script" or "<!--".
std::string script_safe(const Json &value) {
    const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '<':
            result += "\\u003c";
            break;
        case '>':
            result += "\\u003e";
            break;
        case '&':
            result += "\\u0026";
            break;
        default:
            result += c;
        }
    }
    return result;
}

void put(Json &object, const char *key, const std::string &value) {
    if (!value.empty()) {
        object[key] = clean_text(value);
    }
}

std::string amount(models::Money money) {
    std::string text = std::to_string(money.minor / 100);
    if (const auto cents = money.minor % 100; cents != 0) {
        text += (cents < 10 ? ".0" : ".") + std::to_string(cents);
    }
    return text;
}

Json offer(const std::string &name, const std::optional<models::Money> &price, const std::string &currency) {
    Json service{{"@type", "Service"}};
    put(service, "name", name);
    Json result{{"@type", "Offer"}};
    if (price) {
        result["price"] = amount(*price);
        result["priceCurrency"] = currency;
    }
    result["itemOffered"] = std::move(service);
    return result;
}

// At most this many offers, because each repeats text of the page.
constexpr std::size_t max_offers = 8;

Json offers(const models::Content &content) {
    Json list = Json::array();
    for (const models::Service &service : content.services) {
        if (!service.name.empty() && list.size() < max_offers) {
            list.push_back(offer(service.name, service.price, content.pricing.currency));
        }
    }
    return list;
}

Json profiles(const models::Content &content) {
    Json list = Json::array();
    for (const models::SocialLink &link : content.social_media) {
        if (const auto url = models::social_url(link)) {
            list.push_back(safe_url(*url));
        }
    }
    return list;
}

Json person(const PageContext &context, const std::string &home) {
    const models::Content &content = context.page.content;
    Json result{{"@type", "Person"}, {"@id", home + "#person"}, {"url", home}};
    put(result, "name", content.name);
    put(result, "description",
        summarised(content.short_bio.empty() ? content.tagline : content.short_bio, 200));
    put(result, "image",
        absolute_url(context.page.origin, picture_url(context.settings, hero_photo(context.page).photo.url)));
    put(result, "email", content.contact.email);
    if (const auto phones = phone_lines(content); !phones.empty()) {
        put(result, "telephone", phones.front().number);
    }
    if (Json same = profiles(content); !same.empty()) {
        result["sameAs"] = std::move(same);
    }
    return result;
}

Json business(const PageContext &context, const std::string &home) {
    const models::Content &content = context.page.content;
    Json result{{"@type", "LocalBusiness"}, {"@id", home + "#business"}, {"url", home}};
    put(result, "name", content.name);
    result["address"] = {{"@type", "PostalAddress"}, {"addressLocality", clean_text(content.location.city)}};
    Json areas = Json::array({clean_text(content.location.city)});
    const bool has_tours =
        !context.page.calendar.tours
             .empty(); // travelCities then holds cities with dates, which are no names of places
    for (const std::string &city : content.location.travel_cities) {
        if (!city.empty() && !has_tours) {
            areas.push_back(clean_text(city));
        }
    }
    result["areaServed"] = std::move(areas);
    if (content.pricing.hourly) {
        result["priceRange"] =
            "From " + models::format_money(*content.pricing.hourly, content.pricing.currency);
    }
    result["employee"] = {{"@id", home + "#person"}};
    return result;
}

} // namespace

std::string structured_data(const PageContext &context) {
    const models::Content &content = context.page.content;
    const std::string home = context.page.origin + '/';
    Json who = person(context, home);
    Json makes = offers(content);
    Json graph = Json::array();
    // schema.org requires a place of a business; without one, the offers belong to the person.
    if (content.location.city.empty()) {
        if (!makes.empty()) {
            who["makesOffer"] = std::move(makes);
        }
        graph.push_back(std::move(who));
    } else {
        Json firm = business(context, home);
        if (!makes.empty()) {
            firm["makesOffer"] = std::move(makes);
        }
        graph.push_back(std::move(who));
        graph.push_back(std::move(firm));
    }
    graph.push_back({{"@type", "ProfilePage"}, {"@id", home}, {"mainEntity", {{"@id", home + "#person"}}}});
    return script_safe({{"@context", "https://schema.org"}, {"@graph", std::move(graph)}});
}

std::string landing_structured_data(const SiteSettings &settings, std::span<const ShowcaseEntry> companions) {
    Json items = Json::array();
    for (const ShowcaseEntry &entry : companions) {
        items.push_back({{"@type", "ListItem"},
                         {"position", items.size() + 1},
                         {"name", clean_text(entry.name)},
                         {"url", safe_url(entry.origin + '/')}});
    }
    Json site{{"@type", "WebSite"},
              {"name", clean_text(settings.platform_name)},
              {"url", settings.platform_origin + '/'}};
    Json graph = Json::array({std::move(site)});
    if (!items.empty()) {
        graph.push_back({{"@type", "ItemList"}, {"itemListElement", std::move(items)}});
    }
    return script_safe({{"@context", "https://schema.org"}, {"@graph", std::move(graph)}});
}

} // namespace studio::site
