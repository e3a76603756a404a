// SPDX-License-Identifier: Apache-2.0
// The times for which a companion can be booked. The same rules decide what is offered and what is refused. A
// booking [start, end) must lie in her hours without a gap (hours that touch are one, over midnight too,
// though not from home to a tour), and [start, end + buffer) must be free of busy spans. Functions throw
// std::runtime_error where the machine does not know a zone.
#pragma once

#include "models/booking/calendar.h"
#include "models/booking/wall_clock.h"

#include <chrono>
#include <string>
#include <vector>

namespace studio::models {

enum class TimeCheck {
    Free,
    Taken,
    OutsideHours, // also on days of a tour that is not shown, and where the service is not offered there
    NoFixedStart, // not at a multiple of the step on the local clock, or the second of a repeated hour
    TooSoon,
    TooFar,
    ClockSkipped // the local time does not exist, because clocks are put forward
};
// A sentence for the person who asked for the time.
std::string_view explain(TimeCheck check);

struct FreeTime {
    Time start{}, end{};
    std::string zone;
    std::chrono::seconds offset{0}, end_offset{0}; // east of UTC at the start and at the end
    std::string city;                              // of the tour; "" at home
    bool operator==(const FreeTime &) const = default;
};

inline constexpr int max_listed_days = 62;
// No companion's hours allow longer bookings.
inline constexpr std::chrono::hours max_booking_length{24 * 31};

// Times that start on the local dates `first` to `last`, in order; days after the 62nd are left out. A time
// that will be too soon within a minute is not listed. Nothing is listed without availability. `service` is
// the id of a service, or "".
std::vector<FreeTime> free_times(const Calendar &calendar, Day first, Day last, std::chrono::minutes length,
                                 const std::string &service, Time now);

struct FreeSpan {
    Time start{}, end{};
    bool operator==(const FreeSpan &) const = default;
};
// The spans that bookings of that length could occupy, joined where they overlap or touch.
std::vector<FreeSpan> free_spans(const Calendar &calendar, Day first, Day last, std::chrono::minutes length,
                                 Time now);

// Without availability a time is Free unless it overlaps a busy span. An end that is not after the start is
// OutsideHours.
TimeCheck check_time(const Calendar &calendar, Time start, Time end, const std::string &service, Time now);

struct LocalTimeCheck {
    TimeCheck check = TimeCheck::Free;
    Time start{}, end{};
    std::string zone;     // the zone of the local time from which `start` was computed
    std::string city;     // of the tour; "" at home
    ServicePlaces places; // where the service is offered then
};
// The same for a local time as a form sends it: it is read on the clock of the tour on that day, else of
// home.
LocalTimeCheck check_local_time(const Calendar &calendar, const LocalDateTime &start,
                                std::chrono::minutes length, const std::string &service, Time now);

// The same for a moment: `zone`, `city` and `places` are those of where she is then.
LocalTimeCheck check_moment(const Calendar &calendar, Time start, std::chrono::minutes length,
                            const std::string &service, Time now);

// The `count` free times nearest to the requested one and within 30 days of it, in order of time.
std::vector<FreeTime> nearest_free(const Calendar &calendar, Time wanted, std::chrono::minutes length,
                                   const std::string &service, Time now, std::size_t count);

} // namespace studio::models
