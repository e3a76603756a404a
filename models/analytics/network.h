// SPDX-License-Identifier: Apache-2.0
// Social networks, search engines and other sites that visitors come from, each under one name: the one place
// for their names, aliases, domains and addresses of profiles.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace studio::models {

// The name under which a network is stored: "instagram" for "IG", "Instagram.com", " insta "; "twitter" for
// "X", "x.com", "X (Twitter)". What is not known is its own name, cleaned and in lower case.
std::string network_name(std::string_view written);
// "Instagram"; of an unknown one its name with a capital.
std::string network_label(std::string_view name);
// What stands before a handle in the address of a profile, "https://www.instagram.com/"; "" where there is
// none.
std::string_view profile_prefix(std::string_view name);

struct Origin {
    std::string source; // a network's name
    std::string medium; // medium_of_network(source): "search", "social", "email", "paid" or "referral"
    bool operator==(const Origin &) const = default;
};
// The site that a host (or an Android application's name, "com.twitter.android") belongs to, by its own
// domain or the nearest above it; nothing where no list knows it. `host` is in lower case.
std::optional<Origin> origin_of_host(std::string_view host);
// "search", "social", … of a source's name; "referral" where it is unknown.
std::string medium_of_network(std::string_view name);

// For the database, which follows the same rules: every domain that has an origin of its own with its source,
// every alias (letters and digits, words parted by single spaces) with its name, and the medium of every
// source.
std::map<std::string, std::string> sources_by_domain();
std::map<std::string, std::string> names_by_alias();
std::map<std::string, std::string> media_by_source();
// The companies whose every country's domain counts: "google.de", "google.co.nz".
std::span<const std::string_view> companies_of_all_countries();

} // namespace studio::models
