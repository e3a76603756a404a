// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace studio::db {

// SQL that shows each variant of a running test to so many new visitors on each of the days before today, of
// whom so many book.
std::string experiment_visitors(const std::string &tenant_id, const std::string &test_id, int days,
                                int visitors_a_day,
                                const std::vector<std::pair<std::string, int>> &bookings_a_day);

} // namespace studio::db
