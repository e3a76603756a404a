// SPDX-License-Identifier: Apache-2.0
// Where a companion is at a moment, and her open hours there. Internal to models/booking.
#pragma once

#include "models/booking/calendar.h"
#include "models/booking/wall_clock.h"

#include <string>
#include <vector>

namespace studio::models {

// An uninterrupted time at home or on one tour, from one moment up to another.
struct Stay {
    Time from{}, until{};
    const Tour *tour = nullptr; // nullptr: at home, or on a hidden tour
    bool closed = false;        // no bookings of the service here
    WallClock clock;
    Day today{}; // the local date of `now`
};

// A tour begins at 00:00 of its first day. It ends at 24:00 of its last day, or when the hours that began on
// that day end. From the first midnight of a tour on, an earlier tour is over.
class Whereabouts final {
public:
    // `calendar` must outlive it.
    Whereabouts(const Calendar &calendar, const std::string &service, Time now);

    const std::vector<Stay> &stays() const { return m_stays; } // in order, without a gap
    const Stay &at(Time moment) const;
    // The stay whose clock a local time refers to: that of a tour if it falls into one, else of home.
    const Stay &at(Day day, std::chrono::seconds clock) const;

private:
    void add_home(Time from, Time until);
    void add_tours(const std::string &service);
    Stay tour_stay(const Tour &tour, const std::string &service) const;

    const Calendar &m_calendar;
    Time m_now;
    WallClock m_home;
    Stay m_home_stay; // for local times
    std::vector<Stay> m_stays;
};

struct OpenSpan {
    Time start{}, end{};
    std::size_t stay = 0; // in Whereabouts::stays()
};
// The hours that begin on the local dates `first` to `last`, in order; touching ones are joined.
std::vector<OpenSpan> open_spans(const Availability &availability, const Whereabouts &whereabouts, Day first,
                                 Day last);

} // namespace studio::models
