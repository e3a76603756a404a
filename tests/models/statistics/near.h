// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace studio::statistics_tests {

// Passes within `absolute`, or within `relative` times the expected value.
inline testing::AssertionResult near(double seen, double expected, double relative, double absolute) {
    if (std::abs(seen - expected) <= std::max(absolute, relative * std::abs(expected))) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "seen " << testing::PrintToString(seen) << ", expected "
                                       << testing::PrintToString(expected) << ", off by " << seen - expected;
}

// The same for two JSON values: numbers, lists of numbers, objects with the expected keys at least, null for
// null.
inline testing::AssertionResult near(const models::Json &seen, const models::Json &expected, double relative,
                                     double absolute) {
    if (expected.is_number() && seen.is_number()) {
        return near(seen.get<double>(), expected.get<double>(), relative, absolute);
    }
    if (expected.is_array() && seen.is_array() && seen.size() == expected.size()) {
        for (std::size_t at = 0; at < expected.size(); ++at) {
            if (auto result = near(seen[at], expected[at], relative, absolute); !result) {
                return result << " at " << at;
            }
        }
        return testing::AssertionSuccess();
    }
    if (expected == seen) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "seen " << seen.dump() << ", expected " << expected.dump();
}

} // namespace studio::statistics_tests
