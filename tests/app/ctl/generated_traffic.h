// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/traffic/traffic_generator.h"

#include <vector>

namespace studio::ctl_tests {

// Tenants generated-SEED-1, … with visits of these months up to yesterday, in this program's workspace.
std::vector<db::GeneratedTruth> generate_traffic(int tenants, std::int64_t events, int months,
                                                 std::uint64_t seed);

} // namespace studio::ctl_tests
