// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::bench {

// "\"p50_ms\":1.2,\"p95_ms\":…,\"max_ms\":…" of at least one time in milliseconds.
std::string spread(std::vector<double> times);

} // namespace studio::bench
