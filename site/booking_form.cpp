// SPDX-License-Identifier: Apache-2.0
#include "site/booking_form.h"

#include "base/text.h"
#include "site/parts/hero.h"

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
    {"client_email", "Email", "The reply goes to this address.", Control::Input, "email", "email", 254, true},
    {"client_phone", "Phone", "", Control::Input, "tel", "tel", 40, false},
    {"service_type", "What you have in mind", "", Control::Select, "", "off", 100, false},
    {"preferred_date", "Preferred start", "", Control::Input, "datetime-local", "off", 0, true},
    {"preferred_date_end", "Preferred end", "", Control::Input, "datetime-local", "off", 0, false},
    {"duration", "Duration", "If you have no end time: three hours, overnight …", Control::Input, "text",
     "off", 60, false},
    {"message", "Message", "A few words about you, the place and the occasion.", Control::Area, "", "off",
     4000, true},
    {"terms", "I am 18 or older, and I accept the booking terms.", "", Control::Check, "", "off", 0, true},
};

std::string value_of(const std::vector<std::pair<std::string, std::string>> &pairs, std::string_view name) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const auto &pair) { return pair.first == name; });
    return found == pairs.end() ? std::string() : found->second;
}

void fill_options(Part select, const models::Content &content, const std::string &chosen) {
    const auto add = [&](const std::string &name) {
        Part option = select.section("OPTION");
        option.text("NAME", name);
        if (name == chosen) {
            option.section("CHOSEN");
        }
    };
    for (const models::Service &service : content.services) {
        if (!service.name.empty()) {
            add(service.name);
        }
    }
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

bool is_date(const Field &field) {
    return std::string_view(field.type) == "datetime-local";
}

// "Sydney" of "Australia/Sydney", "Port of Spain" of "America/Port_of_Spain".
std::string place_of(const std::string &zone) {
    std::string place = zone.substr(zone.rfind('/') + 1);
    std::replace(place.begin(), place.end(), '_', ' ');
    return place;
}

std::string hint_of(const Field &field, const models::Content &tenant) {
    if (is_date(field) && !tenant.location.timezone.empty()) {
        return place_of(tenant.location.timezone) + " time";
    }
    return field.hint;
}

void fill_limits(Part control, const Field &field, const BookingForm &values) {
    if (field.max_length > 0) {
        control.section("LIMIT").number("MAX", field.max_length);
    }
    if (is_date(field)) {
        control.optional("EARLIEST", values.earliest);
        control.optional("LATEST", values.latest);
    }
    if (field.required) {
        control.section("REQUIRED");
    }
}

void fill_field(Part form, const Field &field, const models::Content &tenant, const BookingForm &values,
                bool with_services) {
    const std::string error = value_of(values.errors, field.name);
    const std::string value = value_of(values.values, field.name);
    Part part = form.section("FIELD");
    part.text("NAME", field.name);
    Part control = part.section(section_of(field.control));
    control.text("LABEL", field.label);
    if (!field.required) {
        control.section("OPTIONAL_LABEL");
    }
    control.text("TYPE", field.type);
    if (field.control == Control::Input) {
        control.text("AUTOCOMPLETE", field.autocomplete);
    }
    control.optional("VALUE", value);
    fill_limits(control, field, values);
    if (field.control == Control::Check && !value.empty()) {
        control.section("CHECKED");
    }
    if (field.control == Control::Select && with_services) {
        fill_options(control, tenant, value);
    }
    std::string described;
    if (const std::string hint = hint_of(field, tenant); !hint.empty()) {
        control.section("HINT").text("HINT", hint);
        described = std::string(field.name) + "-hint";
    }
    if (!error.empty()) {
        part.section("INVALID");
        control.section("ERROR").text("ERROR", error);
        control.section("INVALID");
        described += (described.empty() ? "" : " ") + std::string(field.name) + "-error";
    }
    control.optional("DESCRIBED", described);
}

void fill_summary(Part form, const BookingForm &values) {
    if (values.errors.empty()) {
        return;
    }
    Part summary = form.section("SUMMARY");
    const bool any_field = std::any_of(values.errors.begin(), values.errors.end(),
                                       [](const auto &error) { return !error.first.empty(); });
    summary.text("TITLE", any_field ? "Please check these" : "Not sent yet");
    for (const auto &[name, message] : values.errors) {
        Part item = summary.section("ITEM");
        Part place = item.section(name.empty() ? "WHOLE" : "AT");
        place.text("NAME", name);
        place.text("MESSAGE", message);
    }
}

void fill(Part form, const models::Content &tenant, const BookingForm &values, bool waiting) {
    form.text("WHO", tenant.name.empty() ? "The companion" : short_name(tenant));
    form.optional("RESPONSE", base::inside_sentence(tenant.contact.response_time));
    form.optional("ZONE", tenant.location.timezone);
    if (waiting) {
        form.section("WAITING");
    }
    form.text("TOKEN", values.token);
    form.text("KEY", values.idempotency_key);
    fill_summary(form, values);
    for (const Field &field : fields) {
        if (field.control != Control::Select || !tenant.services.empty()) {
            fill_field(form, field, tenant, values, !waiting);
        }
    }
}

} // namespace

const std::vector<std::string> &booking_field_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Field &field : fields) {
            list.emplace_back(field.name);
        }
        return list;
    }();
    return names;
}

void fill_booking_form(Part form, const models::Content &tenant, const BookingForm &values) {
    fill(form, tenant, values, false);
}

void fill_waiting_booking_form(Part form, const models::Content &tenant) {
    fill(form, tenant, {}, true);
}

} // namespace studio::site
