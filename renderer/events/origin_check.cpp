// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/origin_check.h"

#include <algorithm>

namespace studio::renderer {

namespace {

bool equal_without_case(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

// The port that a scheme means anyway does not count.
std::string_view without_port(std::string_view authority, std::string_view port) {
    return authority.ends_with(port) ? authority.substr(0, authority.size() - port.size()) : authority;
}

bool is_origin_of(std::string_view origin, std::string_view scheme, std::string_view port,
                  std::string_view host) {
    return origin.starts_with(scheme) &&
           equal_without_case(without_port(origin.substr(scheme.size()), port), without_port(host, port));
}

} // namespace

bool is_same_origin(const http::Request &request) {
    if (!request.sec_fetch_site.empty() && request.sec_fetch_site != "same-origin" &&
        request.sec_fetch_site != "none")
        return false;
    return request.origin.empty() || is_origin_of(request.origin, "https://", ":443", request.host) ||
           (!request.is_https() && is_origin_of(request.origin, "http://", ":80", request.host));
}

} // namespace studio::renderer
