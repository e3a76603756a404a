// SPDX-License-Identifier: Apache-2.0
// How many visitors a test needs, and how long that takes.
#pragma once

#include <cstdint>
#include <optional>

namespace studio::statistics {

// The effect that a test should be able to find. k - 1 comparisons with control share alpha evenly
// (Bonferroni).
struct SampleSizeQuestion {
    double baseline = 0; // control's rate, 0 < baseline < 1
    double lift = 0;     // the smallest relative change worth finding, not 0; may be negative
    double alpha = 0.05; // two-sided
    double power = 0.8;  // the chance to find that change if it exists
    int variants = 2;    // with control
    double changed_rate() const { return baseline * (1 + lift); } // must lie between 0 and 1 too
};

// Visitors per arm, before rounding up: Fleiss, Levin, Paik, 3rd ed., chapter 4, without continuity
// correction.
double visitors_per_arm_unpooled(const SampleSizeQuestion &question); // each arm's own variance

// The same, rounded up. Nothing where it is more than max_visitors of arm.h.
std::optional<std::int64_t> visitors_per_arm(const SampleSizeQuestion &question);

// Whole weeks until each of `variants` arms has `visitors_per_arm` visitors, if they share
// `visitors_per_week` evenly. nullopt without visitors.
std::optional<double> weeks_needed(std::int64_t visitors_per_arm, int variants, double visitors_per_week);

// Half a year. For a test that would take longer, the recommendation is "cannot_finish".
constexpr int usual_max_weeks = 26;

} // namespace studio::statistics
