// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/client_resolver.h"
#include "renderer/support/ip_address.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studio::renderer::http {

enum class Method : std::uint8_t { Get, Head, Post, Other };

// One request that passed the guards. All text, the body's too, points into the connection's buffers and is
// gone when Handler::handle() returns; a reply that comes later needs copies. Of a field that comes twice the
// last counts.
struct Request {
    Method method = Method::Other;
    bool http_1_0 = false;
    bool keep_alive = true;
    bool expects_continue = false;
    std::string_view path;  // begins with '/', percent-encoding as sent
    std::string_view query; // without '?'
    std::string_view host;  // as sent, port included
    std::string_view accept_encoding, if_none_match, if_range, range;
    std::string_view cookie, user_agent, referer, accept_language;
    std::string_view origin, sec_fetch_site;
    std::string_view country;            // of RequestLimits::country_field, from a trusted proxy only
    bool do_not_track = false;           // DNT: 1
    bool global_privacy_control = false; // Sec-GPC: 1

    std::string_view content_type;
    std::optional<std::size_t> content_length; // as announced
    bool chunked = false;
    std::string_view body; // whole, and within the route's BodyRules

    // The client's address behind trusted proxies, and its scheme; see client_resolver.h. The peer is whoever
    // opened the connection.
    IpAddress peer, client_address;
    Scheme scheme = Scheme::Unknown;
    ListField forwarded_for, forwarded_proto; // as sent, to be believed by ClientResolver only

    bool head_only() const { return method == Method::Head; }
    // GET or HEAD.
    bool only_reads() const { return method == Method::Get || method == Method::Head; }
    bool is_https() const { return scheme == Scheme::Https; }
};

} // namespace studio::renderer::http
