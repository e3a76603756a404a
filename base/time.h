// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace studio::base {

// A moment, in UTC. Durations are those of std::chrono.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

inline Time now() {
    return std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
}

// Microseconds since 1970, UTC: how SQL parameters and JSON fields carry a moment.
constexpr std::int64_t to_microseconds(Time time) {
    return time.time_since_epoch().count();
}
constexpr Time from_microseconds(std::int64_t microseconds) {
    return Time(std::chrono::microseconds(microseconds));
}

// Whole seconds since 1970, UTC, as cookies and signatures carry a moment.
constexpr std::int64_t to_seconds(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

} // namespace studio::base
