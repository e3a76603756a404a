// SPDX-License-Identifier: Apache-2.0
// How to reach the companion, and the footer of every page.
#include "site/parts/contact_and_footer.h"

#include "base/telephone.h"
#include "base/text.h"
#include "models/documents/social_links.h"
#include "site/booking_form.h"
#include "site/markdown.h"
#include "site/parts/hero.h"
#include "site/text.h"

#include <algorithm>

namespace studio::site {

namespace {

void add_fact(Part contact, const char *label, const std::string &value, const char *pointer) {
    if (value.empty()) {
        return;
    }
    Part fact = contact.section("FACT");
    fact.text("LABEL", label);
    fact.text("VALUE", value);
    fact.text("FIELD", pointer);
}

std::string joined(const std::vector<std::string> &words) {
    std::string list;
    for (const std::string &word : words) {
        if (!word.empty()) {
            list += (list.empty() ? "" : ", ") + word;
        }
    }
    return list;
}

void fill_email(Part part, const std::string &address) {
    fill_breakable(part, address);
    part.text("ENCODED", percent_encoded(address));
}

void fill_social(const models::Content &content, Part contact) {
    bool opened = false;
    Part social = contact;
    for (const models::SocialLink &link : content.social_media) {
        const auto url = models::social_url(link);
        if (!url) {
            continue;
        }
        if (!opened) {
            social = contact.section("SOCIAL");
        }
        opened = true;
        Part item = social.section("LINK").section("URL");
        item.text("HREF", safe_url(*url));
        item.text("LABEL", models::social_label(link.platform));
        item.text("PLATFORM", link.platform);
        item.text("FIELD", "/content/socialMedia/" + link.platform);
    }
}

} // namespace

void fill_breakable(Part part, const std::string &address) {
    std::size_t begin = 0;
    while (begin < address.size()) {
        const std::size_t sign = address.find_first_of("@./-_", begin);
        const std::size_t end = sign == std::string::npos ? address.size() : sign + 1;
        part.section("PIECE").text("TEXT", address.substr(begin, end - begin));
        begin = end;
    }
}

std::vector<PhoneLine> phone_lines(const models::Content &content) {
    const std::string region = models::telephone_region(content);
    std::vector<PhoneLine> lines;
    if (content.contact.phone.empty()) {
        return lines;
    }
    for (std::string &text : base::separate_telephones(content.contact.phone, region)) {
        std::string number = base::telephone_to_dial(text, region).value_or("");
        lines.push_back({std::move(text), std::move(number)});
    }
    return lines;
}

void fill_booking(PageContext &context, Part page) {
    const models::Content &content = context.page.content;
    Part booking = page.include("BOOKING", "booking.tpl");
    booking.text("FIRST_NAME", content.name.empty() ? "The companion" : short_name(content));
    booking.text("CTA", call_to_action(content));
    booking.optional("RESPONSE", base::inside_sentence(content.contact.response_time));
    fill_waiting_booking_form(booking.include("BOOKING_FORM", "booking_form.tpl"), context.page);
    if (!content.booking_terms.empty()) {
        booking.section("TERMS").markup("HTML", markdown_below_heading(content.booking_terms, 2));
    }
}

void fill_contact(PageContext &context, Part page) {
    const models::Content &content = context.page.content;
    Part contact = page.include("CONTACT", "contact.tpl");
    if (!content.contact.email.empty()) {
        fill_email(contact.section("EMAIL"), content.contact.email);
    }
    if (!content.contact.phone.empty()) {
        Part phone = contact.section("PHONE");
        for (const auto &[text, number] : phone_lines(content)) {
            Part shown = phone.section("LINE").section(number.empty() ? "PLAIN" : "DIAL");
            shown.text("TEXT", text);
            shown.text("NUMBER", number);
        }
    }
    add_fact(contact, "Prefers", content.contact.preferred_contact, "/content/contact/preferredContact");
    add_fact(contact, "Hours", content.contact.available_hours, "/content/contact/availableHours");
    add_fact(contact, "Replies", content.contact.response_time, "/content/contact/responseTime");
    add_fact(contact, "Based in", content.location.city, "/content/location/city");
    add_fact(contact, "Travels to", joined(content.location.travel_cities), "/content/location/travelCities");
    fill_social(content, contact);
}

void fill_footer(PageContext &context, Part page) {
    Part footer = page.include("FOOTER", "footer.tpl");
    footer.text("HOME", "/");
    footer.text("NAME", context.page.content.name);
    if (const std::string origin = safe_url(context.settings.platform_origin); !origin.empty()) {
        Part platform = footer.section("PLATFORM");
        platform.text("HREF", origin + '/');
        platform.text("PLATFORM_NAME", context.settings.platform_name);
    }
}

void fill_notices(PageContext &context, Part page, bool asks_age) {
    const models::Consent &consent = context.page.content.consent;
    const auto worded = [](const std::string &own, const char *otherwise) {
        return own.empty() ? otherwise : own.c_str();
    };
    Part notices = page.include("NOTICES", "notices.tpl");
    if (asks_age) {
        notices.section("GATE");
    }
    notices.text("MESSAGE", worded(consent.message, "May this site recognise your visits for 180 days, to "
                                                    "learn which pages help? It works the same either way."));
    notices.text("ACCEPT", worded(consent.accept_label, "Accept"));
    notices.text("DECLINE", worded(consent.decline_label, "Decline"));
}

} // namespace studio::site
