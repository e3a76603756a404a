// SPDX-License-Identifier: Apache-2.0
// Internal to models/: the table that make_referrer_rules writes while building.
#pragma once

#include <cstddef>
#include <string_view>

namespace studio::models {

struct ReferrerRule {
    std::string_view host;   // "google.com.au", or an Android application's name
    std::string_view source; // "Google Images"
    std::string_view medium;
};

extern const ReferrerRule referrer_rules[]; // sorted by host
extern const std::size_t referrer_rules_count;

} // namespace studio::models
