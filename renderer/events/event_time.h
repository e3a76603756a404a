// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace studio::renderer {

// Microseconds since 1970.
using Microseconds = std::int64_t;
inline constexpr Microseconds a_second_us = 1'000'000;

Microseconds wall_clock_us();

// "2026-11-23T08:09:10.123Z" or with an offset ("+10:00"), RFC 3339; a fraction beyond microseconds is cut.
// Years 1970 to 9999. A leap second counts as the second after it.
std::optional<Microseconds> parse_rfc3339(std::string_view text);

} // namespace studio::renderer
