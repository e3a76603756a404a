// SPDX-License-Identifier: Apache-2.0
// Inside db only: from an experiment's counts of single days to those up to each day.
#pragma once

#include "db/analytics/figures.h"

namespace studio::db {

struct VariantDayCounts {
    std::chrono::sys_days day;
    std::string variant_id;
    std::int64_t visitors = 0, conversions = 0; // of that day
};

// Every day from the first to the last, whose counts are ordered by day. Variants stand in the given order;
// those that it does not name follow: what was recorded is shown.
std::vector<VariantDay> variant_days(const std::vector<std::string> &order,
                                     const std::vector<VariantDayCounts> &counts);

} // namespace studio::db
