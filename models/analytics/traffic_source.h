// SPDX-License-Identifier: Apache-2.0
// Where a visit came from. The database has the same rule (analytics_source, analytics_medium); a test
// compares them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace studio::models {

// utm_source under its usual name ("ig" is "instagram"), else the referrer's host, else "direct"; a site's
// own hosts are direct. At most 100 characters, ASCII letters in lower case.
std::string traffic_source(std::string_view utm_source, std::string_view referrer,
                           std::span<const std::string> own_hosts = {});

// utm_medium in lower case, else "none", "search", "social" or "referral" by the source.
std::string traffic_medium(std::string_view utm_medium, std::string_view source);

} // namespace studio::models
