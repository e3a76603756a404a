// SPDX-License-Identifier: Apache-2.0
// The wall clock of one zone, fast for many conversions in a row, because it remembers the last offset. A
// local time that occurs twice, because clocks are put back, means the first one, here and for all bookings;
// one that does not exist, because clocks are put forward, is reported as skipped.
#pragma once

#include "models/booking/day.h"
#include "models/tenant/tenant.h"
#include "models/values/zoned_time.h"

#include <string>
#include <vector>

namespace studio::models {

// When the clocks of a zone change, and from what to what (east of UTC).
struct ClockChange {
    Time at{};
    std::chrono::seconds before{0}, after{0};
    std::string abbreviation; // "AEDT": what the time is called afterwards
    bool daylight = false;    // daylight saving time begins
};

// For one thread at a time, because const functions change the cached offset.
class WallClock final {
public:
    // Throws std::runtime_error where the machine does not know the zone.
    explicit WallClock(const std::string &zone);

    struct Moment {
        Time at{}; // for a skipped time: the moment at which clocks are put forward
        LocalTimeKind kind = LocalTimeKind::Once;
    };
    // `clock` is the wall clock's time since 00:00 of `day`; 26 hours mean 02:00 of the next day.
    Moment at(Day day, std::chrono::seconds clock) const;

    struct Reading {
        Day day{};
        std::chrono::microseconds clock{0}; // since 00:00, as the wall clock shows it
    };
    Reading local(Time at) const;
    std::chrono::seconds offset(Time at) const; // east of UTC
    const std::string &zone() const { return m_zone; }

    // The changes later than `from` and not later than `until`.
    std::vector<ClockChange> changes(Time from, Time until) const;
    // The offset in force at a moment: `at` is when it began, `before` is the same as `after`.
    ClockChange state(Time at) const;

private:
    void remember(Time at) const;

    std::string m_zone;
    mutable std::chrono::seconds m_offset{0};
    mutable Time m_from{}, m_until{}; // m_offset holds between them; empty at first
};

// "2027-03-01T10:00:00+11:00"
std::string rfc3339(Time at, std::chrono::seconds offset);

} // namespace studio::models
