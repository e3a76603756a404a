// SPDX-License-Identifier: Apache-2.0
// Inside db only: turns an experiment's counts of single days into running totals.
#pragma once

#include "db/analytics/figures.h"

namespace studio::db {

struct VariantDayCounts {
    std::chrono::sys_days day;
    std::string variant_id;
    std::int64_t visitors = 0, conversions = 0; // on that day
};

// Running totals for every day from the first to the last; the counts given are ordered by day. Variants come
// in the given order; recorded variants that it lacks follow.
std::vector<VariantDay> variant_days(const std::vector<std::string> &order,
                                     const std::vector<VariantDayCounts> &counts);

} // namespace studio::db
