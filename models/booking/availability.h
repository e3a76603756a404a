// SPDX-License-Identifier: Apache-2.0
// When and where a companion takes bookings: her weekly hours with exceptions, and the rules for a booking's
// start. Stored as a JSON document; unknown keys are preserved.
#pragma once

#include "models/booking/day.h"
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
    int buffer_minutes = 0;      // stay free after a booking's end
    int notice_minutes = 0;      // from the request to the booking's start, at least
    int max_days_ahead = 90;     // counted in local dates
    int start_step_minutes = 30; // a booking starts when the local clock shows a multiple: 15, 30 or 60
    int hold_hours = 24;         // how long a pending request holds its time; 0: not at all
    std::map<std::string, ServicePlaces> places; // by service id
    ServicePlaces default_places{ServicePlace::Incall, ServicePlace::Outcall};
    bool operator==(const Availability &) const = default;
};

// Lenient, as all readers of documents: invalid parts are left out.
Availability read_availability(const Json &document);
Json write_availability(const Availability &availability, Json document);

// Until when a pending request that was made at `request` holds its time; nullopt if it does not hold it.
std::optional<Time> hold_end(const Availability &availability, Time requested_at);

// "18:00" and "24:00" as minutes; nullopt for anything else.
std::optional<int> parse_clock(std::string_view text);
// "02:00" of 120 and of 1,560; 1,440 is "24:00".
std::string clock_text(int minutes);

} // namespace studio::models
