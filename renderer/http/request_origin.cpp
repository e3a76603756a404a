// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/request_origin.h"

#include <algorithm>

namespace studio::renderer::http {

namespace {

struct Authority {
    std::string_view name, port;
};

Authority split(std::string_view authority, std::string_view usual_port) {
    const std::size_t colon = authority.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
    Authority result{authority.substr(0, has_port ? colon : authority.size()),
                     has_port ? authority.substr(colon + 1) : std::string_view{}};
    if (result.name.ends_with('.')) {
        result.name.remove_suffix(1);
    }
    if (result.port == usual_port) {
        result.port = {};
    }
    return result;
}

bool same_name(std::string_view one, std::string_view two) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return !one.empty() && std::equal(one.begin(), one.end(), two.begin(), two.end(),
                                      [&](char a, char b) { return lower(a) == lower(b); });
}

bool is_origin_of(std::string_view origin, std::string_view scheme, std::string_view usual_port,
                  std::string_view host) {
    if (!origin.starts_with(scheme)) {
        return false;
    }
    const Authority from = split(origin.substr(scheme.size()), usual_port), to = split(host, usual_port);
    return same_name(from.name, to.name) && (from.port.empty() || to.port.empty() || from.port == to.port);
}

} // namespace

bool is_same_origin(const Request &request) {
    if (!request.sec_fetch_site.empty() && request.sec_fetch_site != "same-origin" &&
        request.sec_fetch_site != "none") {
        return false;
    }
    return request.origin.empty() || is_origin_of(request.origin, "https://", "443", request.host) ||
           (!request.is_https() && is_origin_of(request.origin, "http://", "80", request.host));
}

} // namespace studio::renderer::http
