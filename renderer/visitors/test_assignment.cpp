// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/test_assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace studio::renderer {

namespace {

// The largest hash within the given share of all hashes.
std::uint64_t bound_of(double share) {
    constexpr double range = 18446744073709551616.0; // 2^64
    const double bound = share * range;
    return bound >= range ? UINT64_MAX : static_cast<std::uint64_t>(bound);
}

std::uint64_t hash_of(const HashKey &key, std::uint64_t assignment_key) {
    char bytes[sizeof assignment_key];
    std::memcpy(bytes, &assignment_key, sizeof bytes);
    return keyed_hash(key, {bytes, sizeof bytes});
}

bool takes_visitors(double weight) {
    return std::isfinite(weight) && weight > 0;
}

} // namespace

TestAssignment::TestAssignment(std::string_view test_id, int phase, double traffic_share,
                               const std::vector<double> &weights)
    : m_share_key(derive_key(fmt::format("{} {}", test_id, phase), "share of a test")),
      m_variant_key(derive_key(fmt::format("{} {}", test_id, phase), "variant of a test")),
      m_share_bound(takes_visitors(traffic_share) ? bound_of(traffic_share) : 0) {
    double total = 0;
    for (const double weight : weights) {
        total += takes_visitors(weight) ? weight : 0;
    }
    if (total <= 0) {
        return;
    }
    double below = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (takes_visitors(weights[i])) {
            below += weights[i] / total;
            last = i;
        }
        m_variant_bounds.push_back(bound_of(below));
    }
    // The last variant with a weight gets everything that rounding leaves, so that none goes to a variant
    // without weight.
    m_variant_bounds.resize(last + 1);
}

std::optional<std::size_t> TestAssignment::choose(std::uint64_t assignment_key) const {
    if (m_variant_bounds.empty()) {
        return std::nullopt;
    }
    if (m_share_bound != UINT64_MAX && hash_of(m_share_key, assignment_key) >= m_share_bound) {
        return std::nullopt;
    }
    const std::uint64_t hash = hash_of(m_variant_key, assignment_key);
    // The first bound above the hash. A variant without weight is never found, because its bound equals that
    // of the one before it.
    const auto found = std::upper_bound(m_variant_bounds.begin(), m_variant_bounds.end() - 1, hash);
    return static_cast<std::size_t>(found - m_variant_bounds.begin());
}

} // namespace studio::renderer
