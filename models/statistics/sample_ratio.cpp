// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/sample_ratio.h"

#include <boost/math/special_functions/gamma.hpp>

namespace studio::statistics {

namespace {

constexpr double min_expected_visitors = 8;

} // namespace

SampleRatio check_sample_ratio(const std::vector<std::int64_t> &visitors,
                               const std::vector<double> &weights) {
    SampleRatio result;
    double all_visitors = 0, all_weights = 0;
    int arms = 0;
    for (std::size_t arm = 0; arm < weights.size(); ++arm) {
        if (weights[arm] == 0) {
            result.leak = result.leak || visitors[arm] > 0;
            continue;
        }
        ++arms;
        all_weights += weights[arm];
        all_visitors += static_cast<double>(visitors[arm]);
    }
    result.df = arms - 1;
    result.enough_visitors = true;
    for (std::size_t arm = 0; arm < weights.size(); ++arm) {
        if (weights[arm] == 0) {
            continue;
        }
        const double expected = all_visitors * (weights[arm] / all_weights);
        const bool enough = expected >= min_expected_visitors;
        result.enough_visitors = result.enough_visitors && enough;
        if (enough && visitors[arm] == 0) {
            result.empty_arms.push_back(arm);
        }
        if (all_visitors == 0) {
            continue;
        }
        const double difference = static_cast<double>(visitors[arm]) - expected;
        result.chi2 += difference * difference / expected;
    }
    if (result.df > 0) {
        result.p_value = boost::math::gamma_q(result.df / 2.0, result.chi2 / 2);
    }
    return result;
}

} // namespace studio::statistics
