// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/client_resolver.h"

#include <algorithm>

namespace studio::renderer::http {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// Reads an element of X-Forwarded-For, to which some proxies add a port.
std::optional<IpAddress> parse_hop(std::string_view text) {
    if (auto plain = IpAddress::parse(text)) {
        return plain;
    }
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        return close == std::string_view::npos ? std::nullopt : IpAddress::parse(text.substr(1, close - 1));
    }
    if (std::count(text.begin(), text.end(), ':') == 1) {
        return IpAddress::parse(text.substr(0, text.find(':')));
    }
    return std::nullopt;
}

Scheme parse_scheme(std::string_view text) {
    const auto is = [text](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                          [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
    };
    return is("https") ? Scheme::Https : is("http") ? Scheme::Http : Scheme::Unknown;
}

} // namespace

void ListField::add(std::string_view value) {
    if (m_count == m_values.size()) {
        std::shift_left(m_values.begin(), m_values.end(), 1);
        --m_count;
    }
    m_values[m_count++] = value;
}

std::optional<std::string_view> ListField::take_last() {
    while (m_count > 0) {
        std::string_view &value = m_values[m_count - 1];
        const auto comma = value.rfind(',');
        const bool only = comma == std::string_view::npos;
        const std::string_view last = trimmed(only ? value : value.substr(comma + 1));
        if (only) {
            --m_count;
        } else {
            value = value.substr(0, comma);
        }
        if (!last.empty()) {
            return last;
        }
    }
    return std::nullopt;
}

ClientResolver::ClientResolver(const TrustedProxies &proxies, const IpAddress &peer)
    : m_proxies(proxies), m_peer(peer), m_trusts_peer(proxies.trusts(peer)) {}

Client ClientResolver::resolve(ListField forwarded_for, ListField forwarded_proto) const {
    Client client{m_peer, Scheme::Unknown};
    if (!m_trusts_peer) {
        return client;
    }
    // Either each trusted proxy added one element to both lists, or only the first proxy gave the scheme.
    auto said = forwarded_proto.take_last();
    for (bool first = true; m_proxies.trusts(client.address); first = false) {
        const auto element = forwarded_for.take_last();
        const auto hop = element ? parse_hop(*element) : std::nullopt;
        if (!hop) {
            break;
        }
        client.address = *hop;
        if (first) {
            continue;
        }
        if (const auto earlier = forwarded_proto.take_last()) {
            said = earlier;
        }
    }
    if (said) {
        client.scheme = parse_scheme(*said);
    }
    return client;
}

} // namespace studio::renderer::http
