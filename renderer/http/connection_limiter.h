// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/ip_address.h"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <unordered_map>

namespace studio::renderer::http {

// Counts open connections in total and per address (IPv6: per /64), over all loops.
class ConnectionLimiter final {
public:
    ConnectionLimiter(std::size_t total, std::size_t per_address, TrustedProxies exempt);
    // False where one more would be too many; then there is nothing to release.
    bool admit(const IpAddress &address);
    void release(const IpAddress &address);
    std::size_t open() const { return m_open.load(std::memory_order_relaxed); }

private:
    const std::size_t m_total, m_per_address;
    const TrustedProxies m_exempt;
    std::atomic<std::size_t> m_open{0};
    std::mutex m_mutex;
    std::unordered_map<IpAddress, std::size_t, IpAddressHash> m_by_address;
};

} // namespace studio::renderer::http
