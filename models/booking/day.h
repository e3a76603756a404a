// SPDX-License-Identifier: Apache-2.0
// A date on a wall calendar, whatever the zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

using Day = std::chrono::local_days;

// "2027-03-01"; nullopt for anything else and for dates that no calendar has.
std::optional<Day> parse_day(std::string_view text);
std::string day_text(Day day);
// 0 is Monday, 6 is Sunday.
std::size_t weekday_index(Day day);

} // namespace studio::models
