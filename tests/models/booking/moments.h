// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/wall_clock.h"

namespace studio::models {

inline Time utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    const std::chrono::sys_days date(std::chrono::year{year} / std::chrono::month{month} /
                                     std::chrono::day{day});
    return date + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

inline Day date(std::string_view text) {
    return parse_day(text).value();
}

} // namespace studio::models
