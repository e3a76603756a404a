// SPDX-License-Identifier: Apache-2.0
// The services that a companion offers, and their prices.
#include "site/parts/services_and_pricing.h"

#include "site/parts/gallery.h"
#include "site/picture.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace studio::site {

namespace {

void fill_figure(PageContext &context, Part part, const std::optional<std::size_t> &index) {
    if (!index || picture_url(context.settings, context.page.photos.gallery[*index].url).empty()) {
        return;
    }
    fill_picture(
        context, part.section("PICTURED"), "PHOTO", context.page.photos.gallery[*index],
        {"/photos/gallery/" + std::to_string(*index), "(min-width:60em) 42vw,100vw", "", "", false, 1440});
}

// With more services than this only the row has a data-field pointer: one for each of its texts would add a
// tenth to the page's size.
constexpr std::size_t many_services = 12;

void fill_service(Part part, const models::Service &service, const std::string &currency, std::size_t index,
                  bool pointed) {
    const std::string position = std::to_string(index);
    part.text("INDEX", position);
    if (pointed) {
        part.section("POINTED");
    }
    part.text("NAME", service.name);
    if (service.featured) {
        part.section("FEATURED");
    }
    part.optional("DESCRIPTION", service.description);
    Part terms = part;
    if (!service.duration.empty() || service.price) {
        terms = part.section("TERMS");
    }
    // In the list layout duration and price are outside of the section TERMS.
    for (Part place : {part, terms}) {
        place.optional("DURATION", service.duration);
        if (service.price) {
            place.section("PRICE").text("PRICE", models::format_money(*service.price, currency));
        }
    }
}

struct Rate {
    std::string label, note, pointer;
    models::Money price;
};

// All rates, the cheapest first: a longer time costs more, however its duration is worded.
std::vector<Rate> rates_in_order(const models::Pricing &pricing) {
    std::vector<Rate> rates;
    const auto add = [&](const char *label, const std::optional<models::Money> &price, const char *pointer) {
        if (price) {
            rates.push_back({label, "", pointer, *price});
        }
    };
    add("One hour", pricing.hourly, "/content/pricing/hourly");
    for (std::size_t i = 0; i < pricing.custom_rates.size(); ++i) {
        const models::CustomRate &rate = pricing.custom_rates[i];
        if (rate.price) {
            rates.push_back({rate.duration, rate.description,
                             "/content/pricing/customRates/" + std::to_string(i), *rate.price});
        }
    }
    add("Overnight", pricing.overnight, "/content/pricing/overnight");
    add("Weekend", pricing.weekend, "/content/pricing/weekend");
    std::ranges::stable_sort(rates, {}, [](const Rate &rate) { return rate.price.minor; });
    return rates;
}

} // namespace

bool has_pricing(const models::Pricing &pricing) {
    if (pricing.hourly || pricing.overnight || pricing.weekend) {
        return true;
    }
    for (const models::CustomRate &rate : pricing.custom_rates) {
        if (rate.price) {
            return true;
        }
    }
    return false;
}

void fill_services(PageContext &context, Part page, const PhotoPlan &plan) {
    const models::Content &content = context.page.content;
    if (content.services.empty()) {
        return;
    }
    const bool minimal = context.page.theme.layout == models::Layout::Minimal;
    Part part = page.include("SERVICES", minimal ? "services_list.tpl" : "services.tpl");
    fill_figure(context, part, plan.services);
    for (std::size_t i = 0; i < content.services.size(); ++i) {
        fill_service(part.section("SERVICE"), content.services[i], content.pricing.currency, i,
                     content.services.size() <= many_services);
    }
}

void fill_pricing(PageContext &context, Part page, const PhotoPlan &plan) {
    const models::Pricing &pricing = context.page.content.pricing;
    if (!has_pricing(pricing)) {
        return;
    }
    Part part = page.include("PRICING", "pricing.tpl");
    fill_figure(context, part, plan.pricing);
    part.text("CURRENCY", pricing.currency);
    for (const Rate &rate : rates_in_order(pricing)) {
        Part row = part.section("RATE");
        row.text("LABEL", rate.label);
        row.optional("NOTE", rate.note);
        row.text("PRICE", models::format_money(rate.price, pricing.currency));
        row.text("FIELD", rate.pointer);
    }
}

} // namespace studio::site
