// SPDX-License-Identifier: Apache-2.0
#include "models/booking/availability.h"

#include "models/booking/hours_json.h"
#include "models/json/json_read.h"

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

constexpr std::array all_places{ServicePlace::Incall, ServicePlace::Outcall, ServicePlace::Travel};

int whole_member(const Json &object, const char *key, int low, int high, int otherwise) {
    const auto value = number_member(object, key);
    const bool right = value && *value >= low && *value <= high && *value == std::floor(*value);
    return right ? static_cast<int>(*value) : otherwise;
}

ServicePlaces read_places(const Json &list) {
    ServicePlaces places;
    for (const ServicePlace place : all_places) {
        if (list.is_array() && std::find(list.begin(), list.end(), to_string(place)) != list.end()) {
            places.push_back(place);
        }
    }
    return places;
}

Json places_json(const ServicePlaces &places) {
    Json list = Json::array();
    for (const ServicePlace place : places) {
        list.push_back(to_string(place));
    }
    return list;
}

void read_rules(const Json &document, Availability &availability) {
    availability.buffer_minutes = whole_member(document, "bufferMinutes", 0, max_buffer_minutes, 0);
    availability.notice_minutes = whole_member(document, "noticeMinutes", 0, max_notice_minutes, 0);
    availability.max_days_ahead = whole_member(document, "maxDaysAhead", 1, max_days_ahead_limit, 90);
    const int step = whole_member(document, "startStepMinutes", 15, 60, 30);
    availability.start_step_minutes = step == 15 || step == 60 ? step : 30;
    availability.hold_hours = whole_member(document, "holdHours", 0, max_hold_hours, 24);
}

std::vector<HoursException> read_exceptions(const Json &list) {
    std::vector<HoursException> exceptions;
    for (const Json &element : list) {
        if (const auto day = parse_day(text_member(element, "date"))) {
            exceptions.push_back(
                {*day, read_hour_spans(list_member(element, "hours")), line_member(element, "note")});
        }
    }
    return exceptions;
}

// Leaves out the elements that the reader leaves out, so that positions are the same in both lists.
Json readable_exceptions(const Json &list) {
    Json readable = Json::array();
    for (const Json &element : list) {
        if (parse_day(text_member(element, "date"))) {
            readable.push_back(element);
        }
    }
    return readable;
}

Json write_exceptions(const std::vector<HoursException> &exceptions,
                      const std::vector<HoursException> &before, const Json &raw) {
    return write_elements(
        exceptions, before, readable_exceptions(raw),
        [](const HoursException &exception) { return day_text(exception.day); },
        [](const HoursException &exception, Json &element) {
            element["date"] = day_text(exception.day);
            element["hours"] = write_hour_spans(exception.hours, list_member(element, "hours"));
            put_changed(element, "note", exception.note, line_member(element, "note"));
        });
}

Json write_places(const std::map<std::string, ServicePlaces> &places) {
    Json object = Json::object();
    for (const auto &[service, offered] : places) {
        object[service] = places_json(offered);
    }
    return object;
}

} // namespace

std::string_view to_string(ServicePlace place) {
    switch (place) {
    case ServicePlace::Incall:
        return "incall";
    case ServicePlace::Outcall:
        return "outcall";
    case ServicePlace::Travel:
        break;
    }
    return "travel";
}

std::optional<ServicePlace> parse_service_place(std::string_view text) {
    for (const ServicePlace place : all_places) {
        if (to_string(place) == text) {
            return place;
        }
    }
    return std::nullopt;
}

Availability read_availability(const Json &document) {
    Availability availability;
    availability.weekly = read_weekly_hours(object_member(document, "weekly"));
    availability.exceptions = read_exceptions(list_member(document, "exceptions"));
    read_rules(document, availability);
    for (const auto &[service, list] : object_member(document, "places").items()) {
        if (ServicePlaces places = read_places(list); !places.empty()) {
            availability.places[service] = std::move(places);
        }
    }
    if (ServicePlaces places = read_places(list_member(document, "defaultPlaces")); !places.empty()) {
        availability.default_places = std::move(places);
    }
    return availability;
}

Json write_availability(const Availability &availability, Json document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    const Availability before = read_availability(document);
    if (availability.weekly != before.weekly) {
        write_weekly_hours(availability.weekly, writable_object(document, "weekly"));
    }
    if (availability.exceptions != before.exceptions) {
        document["exceptions"] =
            write_exceptions(availability.exceptions, before.exceptions, list_member(document, "exceptions"));
    }
    const auto put_rule = [&](const char *key, int now, int old) {
        if (now != old || !document.contains(key)) {
            document[key] = now;
        }
    };
    put_rule("bufferMinutes", availability.buffer_minutes, before.buffer_minutes);
    put_rule("noticeMinutes", availability.notice_minutes, before.notice_minutes);
    put_rule("maxDaysAhead", availability.max_days_ahead, before.max_days_ahead);
    put_rule("startStepMinutes", availability.start_step_minutes, before.start_step_minutes);
    put_rule("holdHours", availability.hold_hours, before.hold_hours);
    if (availability.places != before.places) {
        document["places"] = write_places(availability.places);
    }
    if (availability.default_places != before.default_places || !document.contains("defaultPlaces")) {
        document["defaultPlaces"] = places_json(availability.default_places);
    }
    return document;
}

std::optional<Time> hold_end(const Availability &availability, Time requested_at) {
    if (availability.hold_hours == 0) {
        return std::nullopt;
    }
    return requested_at + std::chrono::hours(availability.hold_hours);
}

} // namespace studio::models
