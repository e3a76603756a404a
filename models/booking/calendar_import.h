// SPDX-License-Identifier: Apache-2.0
// The busy times in a calendar file of another program (iCalendar), read with libical. In the target
// studio::calendar, so that only programs that read such files link libical.
#pragma once

#include "models/tenant/tenant.h"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

struct TimeSpan {
    Time start{}, end{};
    bool operator==(const TimeSpan &) const = default;
};

struct CalendarImport {
    std::string error;          // a sentence; where it is not empty nothing was read
    std::vector<TimeSpan> busy; // in order, without overlap, cut to the window and to max_busy_length
    std::size_t events = 0;     // how many entries the file has, free ones too
    // Names of zones that are in no table. The busy times of their entries are missing: ask which zone is
    // meant.
    std::vector<std::string> unknown_zones;
    std::vector<std::string> problems; // sentences about single entries that were left out or read in part
};

struct ImportWindow {
    Time from{}, until{}; // at most 731 days apart
};

inline constexpr std::size_t max_calendar_bytes = 2'000'000;
inline constexpr std::size_t max_calendar_times = 5'000;
inline constexpr std::chrono::days max_busy_length{366};

// `zone` is the companion's, for whole days and for times without a zone. `zones` gives the meaning of zone
// names that the tables lack. At most about three seconds; for any thread, one file at a time.
CalendarImport read_busy_times(std::string_view text, const std::string &zone, ImportWindow window,
                               const std::map<std::string, std::string> &zones = {});

} // namespace studio::models
