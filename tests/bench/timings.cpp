// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/timings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace studio::bench {

std::string spread(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1) + 0.5)];
    };
    return fmt::format("\"p50_ms\":{:.1f},\"p95_ms\":{:.1f},\"max_ms\":{:.1f}", at(0.5), at(0.95), at(1));
}

} // namespace studio::bench
