// SPDX-License-Identifier: Apache-2.0
// Everything that decides whether a companion can be booked at a given time.
#pragma once

#include "models/booking/tour.h"
#include "models/values/timezone.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::models {

enum class BusyReason {
    Booking, // accepted, with the buffer that is stored with it
    Hold,    // pending, and holding its time
    Block,   // entered by the companion or staff
    Imported // from a calendar file
};

// From `start` up to but not including `end`.
struct BusySpan {
    Time start{}, end{};
    BusyReason reason = BusyReason::Booking;
    bool operator==(const BusySpan &) const = default;
};

struct Calendar {
    std::string home_zone = default_timezone; // IANA name
    std::optional<Availability> availability; // none: requests are taken for any time
    std::vector<Tour> tours;                  // their days do not overlap
    std::vector<BusySpan> busy;               // in any order
    // True for staff and the companion, who may know all tours. For the public there are no free times on the
    // days of a hidden tour, neither there nor at home.
    bool with_hidden_tours = false;
    // The date at home for which pages show it, as show_calendar() sets it; none: no tour is shown.
    std::optional<Day> shown_on;
};

} // namespace studio::models
