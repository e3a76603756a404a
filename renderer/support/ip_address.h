// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// An IPv4 or IPv6 address; IPv4 is stored as an IPv4-mapped IPv6 address, so that both compare as one kind.
class IpAddress final {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    IpAddress() = default; // "::"
    explicit IpAddress(const Bytes &bytes) : m_bytes(bytes) {}
    static std::optional<IpAddress> parse(std::string_view text);

    bool is_v4() const;
    // What is left of an address when the person behind it is forgotten: the /24 of IPv4, the /48 of IPv6.
    IpAddress masked() const;
    // As PostgreSQL's inet reads it: "203.0.113.7", "2001:db8::1". IPv4-mapped IPv6 is written as IPv4.
    std::string text() const;
    const Bytes &bytes() const { return m_bytes; }
    auto operator<=>(const IpAddress &) const = default;

private:
    Bytes m_bytes{};
};

struct IpAddressHash {
    std::size_t operator()(const IpAddress &address) const;
};

// "10.0.0.0/8", "fd00::/8" or one address.
class IpNetwork final {
public:
    static std::optional<IpNetwork> parse(std::string_view text);
    bool contains(const IpAddress &address) const;

private:
    IpAddress m_address;
    unsigned m_prefix_bits = 128; // counted on the mapped form
};

// Proxies whose X-Forwarded-For is trusted (http::ClientResolver).
class TrustedProxies final {
public:
    TrustedProxies() = default;
    explicit TrustedProxies(std::vector<IpNetwork> networks) : m_networks(std::move(networks)) {}
    bool trusts(const IpAddress &address) const;

private:
    std::vector<IpNetwork> m_networks;
};

} // namespace studio::renderer
