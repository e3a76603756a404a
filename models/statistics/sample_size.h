// SPDX-License-Identifier: Apache-2.0
// How many visitors a test needs, and how long that takes.
#pragma once

#include <cstdint>
#include <optional>

namespace studio::statistics {

// What a test is to find. k - 1 comparisons with control share alpha evenly (Bonferroni).
struct SampleSizeQuestion {
    double baseline = 0; // control's rate, 0 < baseline < 1
    double lift = 0;     // the smallest relative change worth finding, not 0; may be negative
    double alpha = 0.05; // two-sided
    double power = 0.8;  // the chance to find that change where it is there
    int variants = 2;    // with control
    double changed_rate() const { return baseline * (1 + lift); } // must lie between 0 and 1 too
};

// Visitors per arm, before rounding up: Fleiss, Levin, Paik, 3rd ed., chapter 4, without continuity
// correction.
double visitors_per_arm_unpooled(const SampleSizeQuestion &question); // each arm's own variance

// The same, rounded up. Nothing where it is more than max_visitors of arm.h.
std::optional<std::int64_t> visitors_per_arm(const SampleSizeQuestion &question);

// Whole weeks until every one of `variants` arms has so many, all of them sharing `visitors_per_week` evenly.
// Nothing where there are no visitors.
std::optional<double> weeks_needed(std::int64_t visitors_per_arm, int variants, double visitors_per_week);

// A test that takes longer is called one that cannot finish: half a year.
constexpr int usual_max_weeks = 26;

} // namespace studio::statistics
