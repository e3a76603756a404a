// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace studio::statistics {

// Step-down adjustment of S. Holm, Scandinavian Journal of Statistics 6 (1979), in the order given: comparing
// each answer with alpha keeps the chance of any false finding below alpha. An undefined p counts as a
// comparison made and stays undefined.
std::vector<std::optional<double>> holm(const std::vector<std::optional<double>> &p_values);

} // namespace studio::statistics
