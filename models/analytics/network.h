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
// "X", "x.com", "X (Twitter)". An unknown network keeps its own name, cleaned and in lower case.
std::string network_name(std::string_view written);
// "Instagram"; for an unknown network its name with a capital letter.
std::string network_label(std::string_view name);
// What stands before a handle in the address of a profile, "https://www.instagram.com/"; "" where there is
// none.
std::string_view profile_prefix(std::string_view name);

struct Origin {
    std::string source; // a network's name
    std::string medium; // medium_of_network(source): "search", "social", "email", "paid" or "referral"
    bool operator==(const Origin &) const = default;
};
// The site that a host (or an Android application's name, "com.twitter.android") belongs to, by its domain or
// the nearest domain above it; nullopt if no list contains it. `host` is in lower case.
std::optional<Origin> origin_of_host(std::string_view host);
// The medium of a source, "search", "social", …; "referral" for an unknown source.
std::string medium_of_network(std::string_view name);

// Tables for the database, which follows the same rules: the source of every listed domain, the network's
// name of every alias (letters and digits, single spaces between words), and the medium of every source.
std::map<std::string, std::string> sources_by_domain();
std::map<std::string, std::string> names_by_alias();
std::map<std::string, std::string> media_by_source();
// The companies whose domains of all countries are recognised: "google.de", "google.co.nz".
std::span<const std::string_view> companies_of_all_countries();

} // namespace studio::models
