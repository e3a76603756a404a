// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace studio::renderer {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    char buffer[INET6_ADDRSTRLEN];
    if (text.empty() || text.size() >= sizeof buffer) {
        return std::nullopt;
    }
    std::memcpy(buffer, text.data(), text.size());
    buffer[text.size()] = '\0';
    IpAddress result;
    if (text.find(':') != std::string_view::npos) {
        if (inet_pton(AF_INET6, buffer, result.m_bytes.data()) != 1) {
            return std::nullopt;
        }
        return result;
    }
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), result.m_bytes.begin());
    if (inet_pton(AF_INET, buffer, result.m_bytes.data() + mapped_prefix.size()) != 1) {
        return std::nullopt;
    }
    return result;
}

bool IpAddress::is_v4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), m_bytes.begin());
}

IpAddress IpAddress::masked() const {
    IpAddress result = *this;
    const std::size_t kept = is_v4() ? 15 : 6;
    std::fill(result.m_bytes.begin() + static_cast<std::ptrdiff_t>(kept), result.m_bytes.end(),
              std::uint8_t{0});
    return result;
}

std::string IpAddress::text() const {
    char buffer[INET6_ADDRSTRLEN];
    if (is_v4()) {
        inet_ntop(AF_INET, m_bytes.data() + mapped_prefix.size(), buffer, sizeof buffer);
    } else {
        inet_ntop(AF_INET6, m_bytes.data(), buffer, sizeof buffer);
    }
    return buffer;
}

std::size_t IpAddressHash::operator()(const IpAddress &address) const {
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char *>(address.bytes().data()), address.bytes().size()});
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    IpNetwork network;
    network.m_address = *address;
    if (slash == std::string_view::npos) {
        return network;
    }
    const std::string_view bits = text.substr(slash + 1);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), value);
    const bool dotted = text.substr(0, slash).find(':') == std::string_view::npos;
    const unsigned limit = dotted ? 32 : 128;
    if (error != std::errc{} || end != bits.data() + bits.size() || value > limit) {
        return std::nullopt;
    }
    network.m_prefix_bits = dotted ? value + 96 : value;
    return network;
}

bool IpNetwork::contains(const IpAddress &address) const {
    const unsigned whole = m_prefix_bits / 8;
    if (!std::equal(m_address.bytes().begin(), m_address.bytes().begin() + whole, address.bytes().begin())) {
        return false;
    }
    const unsigned rest = m_prefix_bits % 8;
    if (rest == 0) {
        return true;
    }
    const unsigned mask = 0xffu & (0xffu << (8 - rest));
    return ((m_address.bytes()[whole] ^ address.bytes()[whole]) & mask) == 0;
}

bool TrustedProxies::trusts(const IpAddress &address) const {
    return std::any_of(m_networks.begin(), m_networks.end(),
                       [&](const IpNetwork &network) { return network.contains(address); });
}

} // namespace studio::renderer
