// SPDX-License-Identifier: Apache-2.0
// Where a visit came from. The database has the same rule (analytics_source, analytics_medium), made from the
// same lists by db/provision/make_source_functions.cpp; a test compares them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace studio::models {

// The host of a referrer in lower case, without "www."; of "android-app://com.twitter.android/" the
// application's name. "" where it is neither an address nor a host.
std::string referrer_host(std::string_view referrer);

// utm_source under its network's name ("ig" is "instagram"), else that of the referrer (an address or a host:
// "lm.facebook.com" is "facebook", "www.google.com.au" "google"), else "direct"; a site's own hosts are
// direct. At most 100 characters.
std::string traffic_source(std::string_view utm_source, std::string_view referrer,
                           std::span<const std::string> own_hosts = {});

// utm_medium in lower case, else "none", "search", "social", "email", "paid" or "referral" by the source.
std::string traffic_medium(std::string_view utm_medium, std::string_view source);

} // namespace studio::models
