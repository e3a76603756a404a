// SPDX-License-Identifier: Apache-2.0
#include "ui/library/variant_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace studio::ui {

namespace {

constexpr int whole = 100;

void take_excess(std::vector<int> &shares, std::size_t kept) {
    int excess = std::accumulate(shares.begin(), shares.end(), 0) - whole;
    for (std::size_t index = shares.size(); index-- > 0 && excess > 0;) {
        if (index != kept) {
            const int taken = std::min(shares[index], excess);
            shares[index] -= taken;
            excess -= taken;
        }
    }
}

} // namespace

std::vector<int> shares_of(const std::vector<double> &weights) {
    std::vector<int> shares;
    for (const double weight : weights) {
        shares.push_back(std::clamp(static_cast<int>(std::lround(weight * whole)), 0, whole));
    }
    take_excess(shares, shares.size());
    return shares;
}

std::vector<int> with_share(std::vector<int> shares, std::size_t index, int share) {
    shares.at(index) = std::clamp(share, 0, whole);
    take_excess(shares, index);
    return shares;
}

int control_share(const std::vector<int> &shares) {
    return whole - std::accumulate(shares.begin(), shares.end(), 0);
}

} // namespace studio::ui
