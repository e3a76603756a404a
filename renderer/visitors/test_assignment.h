// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/keyed_hash.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// Which variant of one experiment a visitor sees. The same experiment, phase and assignment key always give
// the same variant, in every replica; another experiment or phase is drawn independently.
class TestAssignment final {
public:
    // Weights need not sum to 1; what is not finite and positive takes no visitor. `traffic_share`: 0..1 of
    // the visitors take part.
    TestAssignment(std::string_view test_id, int phase, double traffic_share,
                   const std::vector<double> &weights);

    // Index of the variant; nullopt for a visitor who is outside the experiment's traffic share and sees the
    // control.
    std::optional<std::size_t> choose(std::uint64_t assignment_key) const;
    bool everyone_takes_part() const { return m_share_bound == UINT64_MAX && !m_variant_bounds.empty(); }

private:
    HashKey m_share_key{}, m_variant_key{};
    std::uint64_t m_share_bound = 0; // a visitor whose hash is below takes part
    // Cumulative, up to the last variant that takes visitors, who gets the rest; empty where no variant does.
    std::vector<std::uint64_t> m_variant_bounds;
};

} // namespace studio::renderer
