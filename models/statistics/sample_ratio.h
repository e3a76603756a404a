// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace studio::statistics {

// Whether the visitors were shared out as the weights plan (sample ratio mismatch).
struct SampleRatio {
    double chi2 = 0;
    int df = 0;                          // arms with weight, less one
    std::optional<double> p_value;       // nothing where df is 0
    bool leak = false;                   // an arm of weight 0 has visitors
    bool enough_visitors = false;        // every arm with weight expects at least 8, so that chi-square holds
    std::vector<std::size_t> empty_arms; // those that expect at least 8 visitors and have none
    // Either alarm means that no other figure of the test can be trusted.
    bool mismatch() const { return enough_visitors && p_value && *p_value < 0.001; }
};

// enough_visitors depends on each arm's expected visitors, not on its actual ones: an arm without any visitor
// is the clearest mismatch. Pearson's chi-square over the arms with weight, expected counts from the
// renormalised weights; p is its upper tail. Method and threshold: A. Fabijan et al., "Diagnosing Sample
// Ratio Mismatch in Online Controlled Experiments", KDD 2019. Arms of weight 0 are left out of the sum and of
// df. Both lists have the same length; weights are >= 0, at least one is > 0.
SampleRatio check_sample_ratio(const std::vector<std::int64_t> &visitors, const std::vector<double> &weights);

} // namespace studio::statistics
