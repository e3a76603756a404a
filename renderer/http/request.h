// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/ip_address.h"

#include <cstdint>
#include <string_view>

namespace studio::renderer::http {

enum class Method : std::uint8_t { Get, Head, Other };

// One request that passed the guards. All text points into the connection's buffer and is gone after the
// reply.
struct Request {
    Method method = Method::Other;
    bool http_1_0 = false;
    bool keep_alive = true;
    bool expects_continue = false;
    std::string_view path;  // begins with '/', percent-encoding as sent
    std::string_view query; // without '?'
    std::string_view host;  // as sent, port included
    std::string_view accept_encoding, if_none_match, if_range, range;
    std::string_view cookie, user_agent;
    std::string_view forwarded_for, forwarded_proto;
    std::string_view body;
    IpAddress peer;

    bool head_only() const { return method == Method::Head; }
};

} // namespace studio::renderer::http
