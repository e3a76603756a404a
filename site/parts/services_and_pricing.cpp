// SPDX-License-Identifier: Apache-2.0
// The services that a companion offers, and their prices.
#include "site/parts/services_and_pricing.h"

#include "site/parts/gallery.h"
#include "site/picture.h"

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

void add_rate(Part part, const std::string &label, const std::string &note, const models::Money &price,
              const std::string &currency, const std::string &pointer) {
    Part rate = part.section("RATE");
    rate.text("LABEL", label);
    rate.optional("NOTE", note);
    rate.text("PRICE", models::format_money(price, currency));
    rate.text("FIELD", pointer);
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
    if (pricing.hourly) {
        add_rate(part, "One hour", "", *pricing.hourly, pricing.currency, "/content/pricing/hourly");
    }
    for (std::size_t i = 0; i < pricing.custom_rates.size(); ++i) {
        const models::CustomRate &rate = pricing.custom_rates[i];
        if (rate.price) {
            add_rate(part, rate.duration, rate.description, *rate.price, pricing.currency,
                     "/content/pricing/customRates/" + std::to_string(i));
        }
    }
    if (pricing.overnight) {
        add_rate(part, "Overnight", "", *pricing.overnight, pricing.currency, "/content/pricing/overnight");
    }
    if (pricing.weekend) {
        add_rate(part, "Weekend", "", *pricing.weekend, pricing.currency, "/content/pricing/weekend");
    }
}

} // namespace studio::site
