// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/connection_limiter.h"

#include <algorithm>
#include <utility>

namespace studio::renderer::http {

namespace {

IpAddress counted_as(const IpAddress &address) {
    if (address.is_v4()) {
        return address;
    }
    IpAddress::Bytes bytes = address.bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return IpAddress(bytes);
}

} // namespace

ConnectionLimiter::ConnectionLimiter(std::size_t total, std::size_t per_address, TrustedProxies exempt)
    : m_total(total), m_per_address(per_address), m_exempt(std::move(exempt)) {}

bool ConnectionLimiter::admit(const IpAddress &address) {
    const std::scoped_lock lock(m_mutex);
    if (m_open.load(std::memory_order_relaxed) >= m_total) {
        return false;
    }
    if (!m_exempt.trusts(address)) {
        std::size_t &count = m_by_address[counted_as(address)];
        if (count >= m_per_address) {
            return false;
        }
        ++count;
    }
    m_open.fetch_add(1, std::memory_order_relaxed);
    return true;
}

void ConnectionLimiter::release(const IpAddress &address) {
    const std::scoped_lock lock(m_mutex);
    m_open.fetch_sub(1, std::memory_order_relaxed);
    const auto found = m_by_address.find(counted_as(address));
    if (found != m_by_address.end() && --found->second == 0) {
        m_by_address.erase(found);
    }
}

} // namespace studio::renderer::http
