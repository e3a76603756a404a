// SPDX-License-Identifier: Apache-2.0
#include "site/pages/booking_page.h"

#include "base/text.h"
#include "site/booking_form.h"
#include "site/markdown.h"
#include "site/pages/secondary_page.h"
#include "site/parts/contact_and_footer.h"
#include "site/parts/hero.h"
#include "site/text.h"

namespace studio::site {

namespace {

constexpr std::string_view request_outline =
    "My name:\r\nWhat I have in mind:\r\nPreferred start:\r\nPreferred end or duration:\r\nPlace:\r\n"
    "A few words about me:\r\n\r\nI am 18 or older.";

// While no requests are taken over the web: how to make one by hand.
void fill_by_hand(Part content, const models::Content &tenant) {
    Part by_hand = content.section("BY_HAND");
    if (!tenant.contact.email.empty()) {
        Part email = by_hand.section("EMAIL");
        email.text("ADDRESS", tenant.contact.email);
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

} // namespace

RenderedPage render_booking_page(const SiteSettings &settings, const TenantPage &page,
                                 const BookingForm &form) {
    SecondaryPage secondary(settings, page, "booking_page.tpl");
    const models::Content &tenant = page.content;
    Part content = secondary.content();
    content.text("WHO", tenant.name.empty() ? "the companion" : short_name(tenant));
    if (form.token.empty()) {
        fill_by_hand(content, tenant);
    } else {
        fill_booking_form(content.section("FORM").include("BOOKING_FORM", "booking_form.tpl"), page, form);
    }
    content.optional("RESPONSE", base::inside_sentence(tenant.contact.response_time));
    if (!tenant.booking_terms.empty()) {
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
