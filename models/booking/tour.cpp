// SPDX-License-Identifier: Apache-2.0
#include "models/booking/tour.h"

#include "models/booking/hours_json.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"

#include <algorithm>

namespace studio::models {

namespace {

std::string_view visibility_text(TourVisibility visibility) {
    switch (visibility) {
    case TourVisibility::Now:
        return "now";
    case TourVisibility::Later:
        return "later";
    case TourVisibility::Month:
        break;
    }
    return "month";
}

// An unknown value gives the most restricted visibility.
TourVisibility read_visibility(const std::string &text) {
    if (text == "now" || text.empty()) {
        return TourVisibility::Now;
    }
    return text == "later" ? TourVisibility::Later : TourVisibility::Month;
}

std::optional<bool> optional_bool(const Json &object, const char *key) {
    const Json *value = member(object, key);
    return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
}

void put_optional(Json &document, const char *key, const std::optional<bool> &now,
                  const std::optional<bool> &before) {
    if (now == before) {
        return;
    }
    if (now) {
        document[key] = *now;
    } else {
        document.erase(key);
    }
}

void write_days(const Tour &tour, const Tour &before, Json &document) {
    put_changed(document, "firstDay", day_text(tour.first_day),
                document.contains("firstDay") ? day_text(before.first_day) : "");
    put_changed(document, "lastDay", day_text(tour.last_day),
                document.contains("lastDay") ? day_text(before.last_day) : "");
    if (tour.visible_from == before.visible_from) {
        return;
    }
    if (tour.visible_from) {
        document["visibleFrom"] = day_text(*tour.visible_from);
    } else {
        document.erase("visibleFrom");
    }
}

void write_hours(const Tour &tour, const Tour &before, Json &document) {
    if (tour.weekly == before.weekly) {
        return;
    }
    if (tour.weekly) {
        write_weekly_hours(*tour.weekly, writable_object(document, "weekly"));
    } else {
        document.erase("weekly");
    }
}

} // namespace

Tour read_tour(const Json &document) {
    Tour tour;
    tour.id = id_member(document);
    tour.city = line_member(document, "city");
    const std::string zone = text_member(document, "timezone");
    tour.timezone = is_timezone(zone) ? zone : std::string(default_timezone);
    tour.first_day = parse_day(text_member(document, "firstDay")).value_or(Day{});
    tour.last_day = parse_day(text_member(document, "lastDay")).value_or(tour.first_day);
    tour.visibility = read_visibility(text_member(document, "visibility"));
    tour.visible_from = parse_day(text_member(document, "visibleFrom"));
    if (const Json *weekly = member(document, "weekly"); weekly && weekly->is_object()) {
        tour.weekly = read_weekly_hours(*weekly);
    }
    tour.incall = optional_bool(document, "incall");
    tour.outcall = optional_bool(document, "outcall");
    return tour;
}

Json write_tour(const Tour &tour, Json document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    const Tour before = read_tour(document);
    put_changed(document, "id", tour.id, before.id);
    put_changed(document, "city", tour.city, before.city);
    put_changed(document, "timezone", tour.timezone, text_member(document, "timezone"));
    put_changed(document, "visibility", std::string(visibility_text(tour.visibility)),
                text_member(document, "visibility"));
    write_days(tour, before, document);
    write_hours(tour, before, document);
    put_optional(document, "incall", tour.incall, before.incall);
    put_optional(document, "outcall", tour.outcall, before.outcall);
    return document;
}

const Tour *overlapping_tour(const std::vector<Tour> &tours, const Tour &tour) {
    const auto found = std::find_if(tours.begin(), tours.end(), [&](const Tour &other) {
        return other.id != tour.id && other.first_day <= tour.last_day && tour.first_day <= other.last_day;
    });
    return found == tours.end() ? nullptr : &*found;
}

bool shows_days(const Tour &tour, Day today_at_home) {
    switch (tour.visibility) {
    case TourVisibility::Now:
        return true;
    case TourVisibility::Later:
        return tour.visible_from && *tour.visible_from <= today_at_home;
    case TourVisibility::Month:
        break;
    }
    return false;
}

bool shows_month(const Tour &tour, Day today_at_home) {
    return tour.visibility == TourVisibility::Month || shows_days(tour, today_at_home);
}

ServicePlaces places_of_service(const Availability &availability, const std::string &service_id,
                                const Tour *tour) {
    const auto listed = availability.places.find(service_id);
    const ServicePlaces &at_home =
        listed == availability.places.end() ? availability.default_places : listed->second;
    ServicePlaces places;
    for (const ServicePlace place : {ServicePlace::Incall, ServicePlace::Outcall, ServicePlace::Travel}) {
        bool offered = std::find(at_home.begin(), at_home.end(), place) != at_home.end();
        if (tour && place == ServicePlace::Incall) {
            offered = tour->incall.value_or(offered);
        } else if (tour && place == ServicePlace::Outcall) {
            offered = tour->outcall.value_or(offered);
        }
        if (offered) {
            places.push_back(place);
        }
    }
    return places;
}

ServicePlaces places_of_service(const Availability &availability, const std::string &service_id,
                                const std::vector<Tour> &tours, Day today_at_home) {
    ServicePlaces places = places_of_service(availability, service_id, nullptr);
    for (const Tour &tour : tours) {
        if (tour.last_day >= today_at_home && shows_days(tour, today_at_home)) {
            const ServicePlaces there = places_of_service(availability, service_id, &tour);
            places.insert(places.end(), there.begin(), there.end());
        }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

} // namespace studio::models
