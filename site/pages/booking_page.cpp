// SPDX-License-Identifier: Apache-2.0
#include "site/pages/booking_page.h"

#include "base/text.h"
#include "site/booking_form.h"
#include "site/markdown.h"
#include "site/pages/secondary_page.h"
#include "site/parts/contact_and_footer.h"
#include "site/parts/hero.h"
#include "site/picture.h"
#include "site/text.h"

#include <algorithm>

namespace studio::site {

namespace {

constexpr std::string_view request_outline =
    "My name:\r\nWhat I have in mind:\r\nPreferred start:\r\nPreferred end or duration:\r\nPlace:\r\n"
    "A few words about me:\r\n\r\nI am 18 or older.";

// Says how to book by email or phone while the form takes no requests.
void fill_by_hand(Part content, const models::Content &tenant) {
    Part by_hand = content.section("BY_HAND");
    if (!tenant.contact.email.empty()) {
        Part email = by_hand.section("EMAIL");
        fill_breakable(email, tenant.contact.email);
        email.text("LINK", percent_encoded(tenant.contact.email) +
                               "?subject=" + percent_encoded("Booking request") +
                               "&body=" + percent_encoded(request_outline));
    }
    if (const auto phones = phone_lines(tenant); !phones.empty() && !phones.front().number.empty()) {
        Part phone = by_hand.section("PHONE");
        phone.text("TEXT", phones.front().text);
        phone.text("NUMBER", phones.front().number);
    }
    if (tenant.contact.email.empty() && tenant.contact.phone.empty()) {
        by_hand.section("NEITHER");
    }
}

// The card beside the form: to whom the request goes and what the services cost.
void fill_card(PageContext &context, Part form) {
    const TenantPage &page = context.page;
    const HeroPhoto hero = hero_photo(page);
    if (!picture_url(context.settings, hero.photo.url).empty()) {
        PictureUse use;
        use.pointer = hero.pointer;
        use.sizes = "(min-width:60em) 20rem,100vw";
        use.fallback_alt = page.content.name;
        use.widest = 960;
        fill_picture(context, form.section("PHOTO"), "IMAGE", hero.photo, use);
    }
    const auto has_price = [](const models::Service &service) {
        return service.price && !service.name.empty();
    };
    if (std::any_of(page.content.services.begin(), page.content.services.end(), has_price)) {
        form.section("PRICES");
    }
    for (const models::Service &service : page.content.services) {
        if (has_price(service)) {
            Part price = form.section("PRICE");
            price.text("NAME", service.name);
            price.text("AMOUNT", models::format_money(*service.price, page.content.pricing.currency));
        }
    }
}

// The services by which times can be listed without scripts.
void fill_service_first(Part page, const models::Content &tenant, const BookingForm &form) {
    Part first = page.section("SERVICE_FIRST");
    bool any_chosen = false;
    for (const models::Service &service : tenant.services) {
        if (service.name.empty()) {
            continue;
        }
        Part option = first.section("OPTION");
        option.text("ID", service.id.empty() ? service.name : service.id);
        option.text("NAME", service.name);
        const std::pair<std::string, std::string> chosen("service_type", service.name);
        if (std::find(form.values.begin(), form.values.end(), chosen) != form.values.end()) {
            option.section("CHOSEN");
            any_chosen = true;
        }
    }
    if (!any_chosen && !form.times_for.empty()) {
        first.section("ELSE_CHOSEN");
    }
}

} // namespace

RenderedPage render_booking_page(const SiteSettings &settings, const TenantPage &page,
                                 const BookingForm &form) {
    SecondaryPage secondary(settings, page, "booking_page.tpl");
    secondary.use_sheet("booking.css");
    if (page.calendar.availability) {
        secondary.use_script("times.js");
    }
    const models::Content &tenant = page.content;
    Part content = secondary.content();
    content.text("WHO", tenant.name.empty() ? "the companion" : short_name(tenant));
    if (form.token.empty()) {
        fill_by_hand(content, tenant);
    } else {
        Part shown = content.section("FORM");
        if (form.asks_service) {
            fill_service_first(shown, tenant, form);
        }
        fill_booking_form(shown.include("BOOKING_FORM", "booking_form.tpl"), page, form);
        fill_card(secondary.context(), shown);
        if (!tenant.booking_terms.empty()) {
            shown.section("FORM_TERMS").markup("HTML", markdown_below_heading(tenant.booking_terms, 2));
        }
    }
    content.optional("RESPONSE", base::inside_sentence(tenant.contact.response_time));
    if (form.token.empty() && !tenant.booking_terms.empty()) {
        content.section("TERMS").markup("HTML", markdown_below_heading(tenant.booking_terms, 2));
    }
    return secondary.finished(form.errors.empty() ? "Request a booking" : "Please check your request",
                              "/book", false, "book.js");
}

RenderedPage render_booking_confirmation(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "booking_confirmation.tpl");
    Part content = secondary.content();
    content.text("WHO", page.content.name.empty() ? "The companion" : short_name(page.content));
    content.optional("RESPONSE", base::inside_sentence(page.content.contact.response_time));
    return secondary.finished("Your request is on its way", "/book/sent", false);
}

} // namespace studio::site
