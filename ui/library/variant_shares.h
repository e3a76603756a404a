// SPDX-License-Identifier: Apache-2.0
// Shares of visitors in whole per cent that always make 100 together with the control's.
#pragma once

#include <vector>

namespace studio::ui {

// Weights 0..1 as whole per cent, nearest first; never more than 100 together.
std::vector<int> shares_of(const std::vector<double> &weights);
// The variant at `index` gets `share`. What the others then have too much is taken from the last one first.
std::vector<int> with_share(std::vector<int> shares, std::size_t index, int share);
int control_share(const std::vector<int> &shares);

} // namespace studio::ui
