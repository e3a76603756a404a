// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_addresses.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace studio::renderer {

namespace {

constexpr std::array<std::string_view, 2> web_schemes{"https://", "http://"};
// Android applications send referrers too: "android-app://com.twitter.android/".
constexpr std::array<std::string_view, 3> referring_schemes{"https://", "http://", "android-app://"};

} // namespace

std::string host_of_address(std::string_view address) {
    for (const std::string_view scheme : referring_schemes) {
        if (!base::starts_with_ignoring_case(address, scheme)) {
            continue;
        }
        std::string_view authority = address.substr(scheme.size());
        authority = authority.substr(0, authority.find_first_of("/?#\\"));
        if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
            authority.remove_prefix(at + 1);
        }
        if (!authority.starts_with('[')) {
            authority = authority.substr(0, authority.find(':'));
        }
        std::string host(authority);
        std::transform(host.begin(), host.end(), host.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return host.size() <= 253 ? host : std::string();
    }
    return {};
}

std::optional<std::string> path_of_address(std::string_view address) {
    for (const std::string_view scheme : web_schemes) {
        if (!base::starts_with_ignoring_case(address, scheme)) {
            continue;
        }
        address.remove_prefix(scheme.size());
        const auto end = address.find_first_of("/?#");
        address = end == std::string_view::npos ? std::string_view{} : address.substr(end);
        if (!address.starts_with('/')) {
            return "/";
        }
    }
    if (!address.starts_with('/')) {
        return std::nullopt;
    }
    return std::string(address.substr(0, address.find_first_of("?#")));
}

} // namespace studio::renderer
