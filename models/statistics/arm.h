// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace studio::statistics {

// What was counted for one variant so far: whole numbers, 0 <= conversions <= visitors <= max_visitors.
struct Arm {
    std::int64_t conversions = 0;
    std::int64_t visitors = 0;
    bool operator==(const Arm &) const = default;
};

constexpr std::int64_t max_visitors = 10'000'000'000; // for each arm; figures are tested up to this number

struct Interval {
    double low = 0, high = 0;
    bool operator==(const Interval &) const = default;
};

// Conversions divided by visitors, 0 … 1; nullopt without visitors.
std::optional<double> rate(const Arm &arm);

// treatment / control - 1; nullopt if a rate is missing or control's is 0.
std::optional<double> relative_lift(const Arm &control, const Arm &treatment);

} // namespace studio::statistics
