// SPDX-License-Identifier: Apache-2.0
// Times on a wall clock in a named time zone, by the operating system's tz database. `zone` is an IANA name;
// one that the machine does not know throws std::runtime_error.
#pragma once

#include "base/time.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

using base::Time;

struct LocalDateTime {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    auto operator<=>(const LocalDateTime &) const = default;
};

// Parses what <input type="datetime-local"> sends: "2026-11-23T20:00", with seconds or fractions of them
// (dropped) or a space for the T as well. nullopt for anything else and for days that no calendar has.
std::optional<LocalDateTime> parse_local_date_time(std::string_view text);

enum class LocalTimeKind {
    Once,
    Twice,  // the clocks are put back, so the time occurs twice; `at` is the first
    Skipped // the clocks are put forward, so it does not exist; `at` is that change
};
struct ResolvedTime {
    Time at{};
    LocalTimeKind kind = LocalTimeKind::Once;
};
ResolvedTime resolve_local_time(const LocalDateTime &time, const std::string &zone);

LocalDateTime local_time(Time at, const std::string &zone);
// "2026-11-23T20:00"
std::string form_value(const LocalDateTime &time);
// "Monday 23 November 2026, 20:00 AEDT"
std::string format_local_time(Time at, const std::string &zone);
// "Sydney" of "Australia/Sydney"
std::string place_of_zone(std::string_view zone);

// "2026-11-23T09:00:00Z" or with an offset, fractions of a second accepted; nullopt for anything else.
std::optional<Time> parse_rfc3339(std::string_view text);

} // namespace studio::models
