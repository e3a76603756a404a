// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_json.h"

#include "models/json/json_read.h"

namespace studio::models {

Calendar read_calendar(const Json &stored, const std::string &home_zone) {
    Calendar calendar;
    calendar.home_zone = home_zone;
    if (const Json *availability = member(stored, "availability");
        availability && availability->is_object()) {
        calendar.availability = read_availability(*availability);
    }
    for (const Json &tour : list_member(stored, "tours")) {
        calendar.tours.push_back(read_tour(tour));
    }
    for (const Json &span : list_member(stored, "busy")) {
        if (span.is_array() && span.size() == 2 && span[0].is_number_integer() &&
            span[1].is_number_integer()) {
            calendar.busy.push_back({base::from_microseconds(span[0].get<std::int64_t>()),
                                     base::from_microseconds(span[1].get<std::int64_t>()),
                                     BusyReason::Booking});
        }
    }
    return calendar;
}

} // namespace studio::models
