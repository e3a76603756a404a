// SPDX-License-Identifier: Apache-2.0
// When and where a companion takes bookings: her weekly hours with exceptions, the rules for a booking's
// start, and her tours to other cities. Both are JSON documents; keys that are not known are kept.
#pragma once

#include "models/booking/day.h"
#include "models/documents/validation_issue.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::models {

// From one time of the local clock to another, in minutes since 00:00. `to` is later than `from`, by at most
// a day; past 1,440 it is on the next day: 18:00 to 02:00 is 1080 to 1560.
struct HourSpan {
    int from = 0, to = 0;
    bool operator==(const HourSpan &) const = default;
};
using HourSpans = std::vector<HourSpan>;
using WeeklyHours = std::array<HourSpans, 7>; // Monday first

// What holds on one date in place of the weekly hours, at home and on a tour.
struct HoursException {
    Day day{};
    HourSpans hours;  // empty: closed
    std::string note; // for the companion and staff alone
    bool operator==(const HoursException &) const = default;
};

enum class ServicePlace { Incall, Outcall, Travel };
std::string_view to_string(ServicePlace place);
std::optional<ServicePlace> parse_service_place(std::string_view text);
using ServicePlaces = std::vector<ServicePlace>; // each once, in the order of the enum

struct Availability {
    WeeklyHours weekly;
    std::vector<HoursException> exceptions;
    int buffer_minutes = 0;      // kept free after a booking's end
    int notice_minutes = 0;      // a booking starts at least so long after it is asked for
    int max_days_ahead = 90;     // counted in local dates
    int start_step_minutes = 30; // a booking starts when the local clock shows a multiple: 15, 30 or 60
    int hold_hours = 24;         // how long a pending request keeps its time from others; 0: not at all
    std::map<std::string, ServicePlaces> places; // by service id
    ServicePlaces default_places{ServicePlace::Incall, ServicePlace::Outcall};
    bool operator==(const Availability &) const = default;
};

enum class TourVisibility { Now, Later, Month };

// Days in another city. On them the tour's zone and hours hold, those of home do not.
struct Tour {
    std::string id, city;
    std::string timezone; // IANA name
    Day first_day{}, last_day{};
    TourVisibility visibility = TourVisibility::Now;
    std::optional<Day> visible_from;     // with Later: a date at home
    std::optional<WeeklyHours> weekly;   // none: the weekly hours of home, on the tour's clock
    std::optional<bool> incall, outcall; // offered there or not; none: as the service is at home
    bool operator==(const Tour &) const = default;
};

// Lenient, as all readers of documents: what is not right is left out.
Availability read_availability(const Json &document);
Json write_availability(const Availability &availability, Json document);
ValidationIssues validate_availability(const Json &document);

Tour read_tour(const Json &document);
Json write_tour(const Tour &tour, Json document);
ValidationIssues validate_tour(const Json &document);

// The first other tour (by id) that has a day in common with this one, or nullptr.
const Tour *overlapping_tour(const std::vector<Tour> &tours, const Tour &tour);

// Whether the public may see the tour's days; a tour shown by month alone never shows them.
bool shows_days(const Tour &tour, Day today_at_home);
// Whether the public may see that the tour will be, by its month and city at least.
bool shows_month(const Tour &tour, Day today_at_home);

// Until when a pending request of that moment holds its time; nullopt where it holds none.
std::optional<Time> hold_end(const Availability &availability, Time requested_at);

// Where a service is offered; on a tour by what is offered there. Empty: it is not offered on that tour.
ServicePlaces places_of_service(const Availability &availability, const std::string &service_id,
                                const Tour *tour);

// "18:00" and "24:00" as minutes; nullopt for anything else.
std::optional<int> parse_clock(std::string_view text);
// "02:00" of 120 and of 1,560; 1,440 is "24:00".
std::string clock_text(int minutes);

} // namespace studio::models
