// SPDX-License-Identifier: Apache-2.0
// Finds the client behind trusted proxies. Connections put the result into Request::client_address and
// Request::scheme; a handler reads those and never the X-Forwarded-… fields. Before an address goes to SQL or
// a log: client_address.masked().text(), which is "203.0.113.0" (/24) or "2001:db8:1::" (/48).
#pragma once

#include "renderer/support/ip_address.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studio::renderer::http {

enum class Scheme : std::uint8_t { Unknown, Http, Https };

// The values of a field that holds a list, as views. Several fields of one name count as one list (RFC
// 9110, 5.3).
class ListField final {
public:
    // Beyond four fields the first ones are forgotten: a proxy adds its own at the end.
    void add(std::string_view value);
    bool empty() const { return m_count == 0; }
    // Takes the last element away, without its blanks; empty elements are skipped. nullopt where none is
    // left.
    std::optional<std::string_view> take_last();

private:
    std::array<std::string_view, 4> m_values;
    std::size_t m_count = 0;
};

struct Client {
    IpAddress address;
    Scheme scheme = Scheme::Unknown; // Unknown: no trusted proxy said it
    bool operator==(const Client &) const = default;
};

// Finds the clients of one connection, whose peer never changes.
class ClientResolver final {
public:
    // `proxies` must outlive this object.
    ClientResolver(const TrustedProxies &proxies, const IpAddress &peer);
    // The address is the right-most of X-Forwarded-For that is no trusted proxy; the scheme is the one that
    // X-Forwarded-Proto gives for that client's connection. If the connection's peer is not trusted, both
    // fields are ignored; an element that is not an address ends the search at the last trusted proxy.
    Client resolve(ListField forwarded_for, ListField forwarded_proto) const;
    const IpAddress &peer() const { return m_peer; }
    bool trusts_peer() const { return m_trusts_peer; }

private:
    const TrustedProxies &m_proxies;
    const IpAddress m_peer;
    const bool m_trusts_peer;
};

} // namespace studio::renderer::http
