// SPDX-License-Identifier: Apache-2.0
#include "site/markdown.h"
#include "site/parts/parts.h"
#include "site/secondary_page.h"
#include "site/text.h"

#include <algorithm>

namespace studio::site {

namespace {

enum class Control { Input, Select, Area, Check };

struct Field {
    const char *name, *label, *hint;
    Control control;
    const char *type, *autocomplete;
    int max_length;
    bool required;
};

constexpr Field fields[] = {
    {"client_name", "Your name", "", Control::Input, "text", "name", 100, true},
    {"client_email", "E-mail", "The answer goes here.", Control::Input, "email", "email", 255, true},
    {"client_phone", "Phone", "", Control::Input, "tel", "tel", 40, false},
    {"service_type", "What you have in mind", "", Control::Select, "", "off", 100, false},
    {"preferred_date", "Preferred start", "", Control::Input, "datetime-local", "off", 0, true},
    {"preferred_date_end", "Preferred end", "", Control::Input, "datetime-local", "off", 0, false},
    {"duration", "Duration", "If the end is open: three hours, overnight …", Control::Input, "text", "off",
     60, false},
    {"message", "Message", "A few words about you, the place and the occasion.", Control::Area, "", "off",
     4000, true},
    {"terms", "I am 18 or older, and I accept the booking terms.", "", Control::Check, "", "off", 0, true},
};

constexpr std::string_view request_outline =
    "My name:\r\nWhat I have in mind:\r\nPreferred start:\r\nPreferred end or duration:\r\nPlace:\r\n"
    "A few words about me:\r\n\r\nI am 18 or older.";

std::string value_of(const std::vector<std::pair<std::string, std::string>> &pairs, std::string_view name) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const auto &pair) { return pair.first == name; });
    return found == pairs.end() ? std::string() : found->second;
}

void fill_options(Part select, const models::Content &content, const std::string &chosen) {
    const auto add = [&](const std::string &name) {
        Part option = select.section("OPTION");
        option.text("NAME", name);
        if (name == chosen)
            option.section("CHOSEN");
    };
    for (const models::Service &service : content.services)
        if (!service.name.empty())
            add(service.name);
    add("Something else");
}

const char *section_of(Control control) {
    switch (control) {
    case Control::Select:
        return "SELECT";
    case Control::Area:
        return "AREA";
    case Control::Check:
        return "CHECK";
    default:
        return "INPUT";
    }
}

void fill_field(Part form, const Field &field, const models::Content &content, const BookingForm &values) {
    const std::string error = value_of(values.errors, field.name);
    const std::string value = value_of(values.values, field.name);
    Part part = form.section("FIELD");
    part.text("NAME", field.name);
    part.text("LABEL", field.label);
    part.section(field.required ? "REQUIRED_LABEL" : "OPTIONAL_LABEL");
    Part control = part.section(section_of(field.control));
    control.text("TYPE", field.type);
    control.text("AUTOCOMPLETE", field.autocomplete);
    control.text("VALUE", value);
    if (field.max_length > 0)
        control.section("LIMIT").number("MAX", field.max_length);
    if (field.required)
        control.section("REQUIRED");
    if (field.control == Control::Check && !value.empty())
        control.section("CHECKED");
    if (field.control == Control::Select)
        fill_options(control, content, value);
    std::string described;
    if (*field.hint) {
        part.section("HINT").text("HINT", field.hint);
        described = std::string(field.name) + "-hint";
    }
    if (!error.empty()) {
        part.section("INVALID");
        part.section("ERROR").text("ERROR", error);
        control.section("INVALID");
        described += (described.empty() ? "" : " ") + std::string(field.name) + "-error";
    }
    control.optional("DESCRIBED", described);
}

void fill_summary(Part form, const BookingForm &values) {
    if (values.errors.empty())
        return;
    Part summary = form.section("SUMMARY");
    for (const auto &[name, message] : values.errors) {
        Part item = summary.section("ITEM");
        Part place = item.section(name.empty() ? "WHOLE" : "AT");
        place.text("NAME", name);
        place.text("MESSAGE", message);
    }
}

void fill_form(Part content, const models::Content &tenant, const BookingForm &values) {
    Part form = content.section("FORM");
    form.text("TOKEN", values.token);
    form.text("KEY", values.idempotency_key);
    fill_summary(form, values);
    for (const Field &field : fields)
        if (field.control != Control::Select || !tenant.services.empty())
            fill_field(form, field, tenant, values);
}

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
    if (const std::string number = dialled_number(tenant.contact.phone); !number.empty()) {
        Part phone = by_hand.section("PHONE");
        phone.text("TEXT", tenant.contact.phone);
        phone.text("NUMBER", number);
    }
    if (tenant.contact.email.empty() && tenant.contact.phone.empty())
        by_hand.section("NEITHER");
}

} // namespace

const std::vector<std::string> &booking_field_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Field &field : fields)
            list.emplace_back(field.name);
        return list;
    }();
    return names;
}

RenderedPage render_booking_page(const SiteSettings &settings, const TenantPage &page,
                                 const BookingForm &form) {
    SecondaryPage secondary(settings, page, "booking_page.tpl");
    const models::Content &tenant = page.content;
    Part content = secondary.content();
    content.text("WHO", tenant.name.empty() ? "the companion" : short_name(tenant));
    if (form.token.empty())
        fill_by_hand(content, tenant);
    else
        fill_form(content, tenant, form);
    content.optional("RESPONSE", tenant.contact.response_time);
    if (!tenant.booking_terms.empty())
        content.section("TERMS").markup("HTML", markdown_below_heading(tenant.booking_terms, 2));
    return secondary.finished(form.errors.empty() ? "Request a booking" : "Please check your request",
                              "/book", false);
}

RenderedPage render_booking_confirmation(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "booking_confirmation.tpl");
    Part content = secondary.content();
    content.text("WHO", page.content.name.empty() ? "The companion" : short_name(page.content));
    content.optional("RESPONSE", page.content.contact.response_time);
    return secondary.finished("Your request is on its way", "/book", false);
}

} // namespace studio::site
