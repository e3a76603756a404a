// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/traffic_source.h"

#include "base/host.h"
#include "base/text.h"
#include "models/analytics/network.h"

#include <algorithm>

namespace studio::models {

namespace {

constexpr std::size_t max_characters = 100;

std::string shortest(std::string_view name) {
    return std::string(base::first_characters(name, max_characters));
}

std::string without_www(std::string host) {
    if (host.starts_with("www.")) {
        host.erase(0, 4);
    }
    return host;
}

} // namespace

std::string referrer_host(std::string_view referrer) {
    constexpr std::string_view android = "android-app://";
    const std::string text = base::clean_line(referrer);
    std::string host = base::plain_host(base::starts_with_ignoring_case(text, android)
                                            ? std::string_view(text).substr(android.size())
                                            : text);
    const std::size_t colon = std::min(host.find(':'), host.size());
    host.resize(colon);
    return base::is_host_name(host) ? without_www(std::move(host)) : std::string();
}

std::string traffic_source(std::string_view utm_source, std::string_view referrer,
                           std::span<const std::string> own_hosts) {
    if (std::string given = network_name(utm_source); !given.empty()) {
        return shortest(given);
    }
    const std::string host = referrer_host(referrer);
    const bool own = std::any_of(own_hosts.begin(), own_hosts.end(),
                                 [&](const std::string &each) { return referrer_host(each) == host; });
    if (host.empty() || own) {
        return "direct";
    }
    const auto origin = origin_of_host(host);
    return shortest(origin ? origin->source : host);
}

std::string traffic_medium(std::string_view utm_medium, std::string_view source) {
    if (std::string given = base::lower_case(base::clean_line(utm_medium)); !given.empty()) {
        return shortest(given);
    }
    return source == "direct" ? "none" : medium_of_network(source);
}

} // namespace studio::models
