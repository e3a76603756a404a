// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/multiple_comparisons.h"

#include <algorithm>
#include <numeric>

namespace studio::statistics {

std::vector<std::optional<double>> holm(const std::vector<std::optional<double>> &p_values) {
    const std::size_t comparisons = p_values.size();
    std::vector<std::size_t> order(comparisons);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return p_values[left].value_or(1) < p_values[right].value_or(1);
    });
    std::vector<std::optional<double>> adjusted(comparisons);
    double largest = 0;
    for (std::size_t rank = 0; rank < comparisons; ++rank) {
        const auto &p = p_values[order[rank]];
        largest = std::max(largest, p.value_or(1) * static_cast<double>(comparisons - rank));
        if (p) {
            adjusted[order[rank]] = std::min(1.0, largest);
        }
    }
    return adjusted;
}

} // namespace studio::statistics
