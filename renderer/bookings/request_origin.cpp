// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/request_origin.h"

#include <algorithm>

namespace studio::renderer {

namespace {

struct Authority {
    std::string_view name, port;
};

Authority split(std::string_view authority) {
    const std::size_t colon = authority.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
    Authority result{authority.substr(0, has_port ? colon : authority.size()),
                     has_port ? authority.substr(colon + 1) : std::string_view{}};
    if (result.name.ends_with('.'))
        result.name.remove_suffix(1);
    return result;
}

bool same_name(std::string_view one, std::string_view two) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(one.begin(), one.end(), two.begin(), two.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

bool is_cross_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host) {
    if (!sec_fetch_site.empty() && sec_fetch_site != "same-origin" && sec_fetch_site != "none")
        return true;
    if (origin.empty())
        return false;
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos)
        return true; // "null", or nothing that a browser sends
    const Authority from = split(origin.substr(scheme + 3)), to = split(host);
    return !same_name(from.name, to.name) || (!from.port.empty() && !to.port.empty() && from.port != to.port);
}

} // namespace studio::renderer
