// SPDX-License-Identifier: Apache-2.0
#include "site/booking_form.h"

#include "base/text.h"
#include "models/booking/booking_request.h"
#include "models/booking/tour.h"
#include "site/parts/hero.h"

#include <algorithm>

namespace studio::site {

namespace {

enum class Control { Input, Select, Area, Check, Places };

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
    {"duration", "How long", "For example: three hours, until midnight, overnight.", Control::Input, "text",
     "off", 60, false},
    {"place_kind", "Where", "", Control::Places, "", "off", 0, true},
    {"place", "Area or place", "A suburb or a hotel is enough for now.", Control::Input, "text", "off", 200,
     false},
    {"message", "Message", "A few words about you, the place and the occasion.", Control::Area, "", "off",
     4000, true},
    {"terms", "I am 18 or older, and I accept the booking terms.", "", Control::Check, "", "off", 0, true},
    {"consent", "", "", Control::Check, "", "off", 0, true},
};

std::string value_of(const std::vector<std::pair<std::string, std::string>> &pairs, std::string_view name) {
    const auto found =
        std::find_if(pairs.begin(), pairs.end(), [&](const auto &pair) { return pair.first == name; });
    return found == pairs.end() ? std::string() : found->second;
}

struct PlaceWords {
    models::ServicePlace place;
    const char *words;
};
constexpr PlaceWords place_words[] = {{models::ServicePlace::Incall, "At her place"},
                                      {models::ServicePlace::Outcall, "At my place or hotel"},
                                      {models::ServicePlace::Travel, "On a journey"}};

// Every place at which any service is offered, at home or on a tour. Whether it fits the chosen service and
// time is checked when the form is sent.
std::vector<models::ServicePlace> offered_places(const models::Calendar &calendar) {
    std::vector<models::ServicePlace> places;
    if (!calendar.availability) {
        return places;
    }
    const auto add = [&](const std::string &service) {
        const auto more = calendar.shown_on
                              ? models::places_of_service(*calendar.availability, service, calendar.tours,
                                                          *calendar.shown_on)
                              : models::places_of_service(*calendar.availability, service, nullptr);
        places.insert(places.end(), more.begin(), more.end());
    };
    add(""); // a service without places of its own
    for (const auto &service : calendar.availability->places) {
        add(service.first);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

void fill_places(Part select, const models::Calendar &calendar, const std::string &chosen) {
    const auto places = offered_places(calendar);
    for (const PlaceWords &each : place_words) {
        if (std::find(places.begin(), places.end(), each.place) != places.end()) {
            Part option = select.section("VALUE_OPTION");
            option.text("CODE", models::to_string(each.place));
            option.text("NAME", each.words);
            if (models::to_string(each.place) == chosen) {
                option.section("CHOSEN");
            }
        }
    }
}

void fill_times(Part control, const BookingForm &values, const std::string &chosen) {
    std::string day;
    Part group = control;
    for (const BookingForm::Time &time : values.times) {
        if (time.day != day) {
            day = time.day;
            group = control.section("DAY");
            group.text("DAY", day);
        }
        Part option = group.section("TIME");
        option.text("START", time.value);
        option.text("LABEL", time.label);
        if (time.value == chosen) {
            option.section("CHOSEN");
        }
    }
    if (!values.times_for.empty()) {
        control.section("LAST").text("LENGTH", values.times_for);
    } else if (values.asks_service) {
        control.section("CHOOSE_FIRST");
    }
    control.optional("EARLIER", values.earlier);
    control.optional("LATER", values.later);
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
    case Control::Places:
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

// Times that are offered on a tour are on its city's clock and name the city.
std::string hint_of(const Field &field, const TenantPage &page, bool offers_times) {
    const std::string &home = page.content.location.timezone;
    if (!is_date(field) || home.empty()) {
        return field.hint;
    }
    const auto &today = page.calendar.shown_on; // a tour that is not shown is not betrayed
    const bool tours =
        offers_times && today && std::ranges::any_of(page.calendar.tours, [&](const auto &tour) {
            return tour.timezone != home && models::shows_days(tour, *today);
        });
    return place_of(home) + (tours ? " time, or the time of the city that is named" : " time");
}

void fill_limits(Part control, const Field &field, const BookingForm &values) {
    if (field.max_length > 0) {
        control.section("LIMIT").number("MAX", field.max_length);
    }
    if (is_date(field)) {
        control.optional("EARLIEST", values.earliest);
        control.optional("LATEST", values.latest);
    }
}

void fill_field(Part form, const Field &field, const TenantPage &page, const BookingForm &values,
                bool waiting) {
    const models::Content &tenant = page.content;
    const std::string error = value_of(values.errors, field.name);
    const std::string value = value_of(values.values, field.name);
    const bool offers_times = is_date(field) && page.calendar.availability && !waiting;
    Part part = form.section("FIELD");
    part.text("NAME", field.name);
    Part control = part.section(offers_times ? "TIMES" : section_of(field.control));
    const bool consent = std::string_view(field.name) == "consent";
    control.text("LABEL", consent ? models::booking_consent_text() : std::string_view(field.label));
    if (!field.required) {
        control.section("OPTIONAL_LABEL");
    }
    control.text("TYPE", field.type);
    if (field.control == Control::Input) {
        control.text("AUTOCOMPLETE", field.autocomplete);
    }
    control.optional("VALUE", value);
    fill_limits(control, field, values);
    if (field.required) {
        control.section("REQUIRED");
    }
    if (field.control == Control::Check && !value.empty()) {
        control.section("CHECKED");
    }
    if (field.control == Control::Select && !waiting) {
        fill_options(control, tenant, value);
    }
    if (field.control == Control::Places) {
        fill_places(control, page.calendar, value);
    }
    if (offers_times) {
        fill_times(control, values, value);
    }
    std::string described;
    if (const std::string hint = hint_of(field, page, offers_times); !hint.empty()) {
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

void fill_screening(Part form, const TenantPage &page, const BookingForm &values) {
    for (const models::ScreeningField &question : page.content.screening_fields) {
        const std::string name = std::string(models::screening_prefix) + question.id;
        const Field field{
            name.c_str(), question.label.c_str(), question.hint.c_str(), Control::Area, "", "off",
            1000,         question.required};
        fill_field(form, field, page, values, false);
    }
}

bool is_asked(const Field &field, const TenantPage &page) {
    const std::string_view name = field.name;
    if (name == "duration") { // where times are offered, the service sets the duration
        return !page.calendar.availability;
    }
    if (name == "place_kind") {
        return offered_places(page.calendar).size() > 1;
    }
    if (name == "place") {
        return page.calendar.availability.has_value();
    }
    return field.control != Control::Select || !page.content.services.empty();
}

void fill(Part form, const TenantPage &page, const BookingForm &values, bool waiting) {
    const models::Content &tenant = page.content;
    form.text("WHO", tenant.name.empty() ? "The companion" : short_name(tenant));
    form.optional("RESPONSE", base::inside_sentence(tenant.contact.response_time));
    form.optional("ZONE", tenant.location.timezone);
    if (waiting) {
        form.section("WAITING");
    }
    if (page.calendar.availability) {
        form.section("OFFERS_TIMES");
    }
    form.text("TOKEN", values.token);
    form.text("KEY", values.idempotency_key);
    fill_summary(form, values);
    for (const Field &field : fields) {
        if (std::string_view(field.name) == "terms") {
            fill_screening(form, page, values);
        }
        if (is_asked(field, page)) {
            fill_field(form, field, page, values, waiting);
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

void fill_booking_form(Part form, const TenantPage &page, const BookingForm &values) {
    fill(form, page, values, false);
}

void fill_waiting_booking_form(Part form, const TenantPage &page) {
    fill(form, page, {}, true);
}

} // namespace studio::site
