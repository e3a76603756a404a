// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/outbox_status.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studio::renderer {

// What a request was for: the label of a metric, never an address or a name.
enum class Route : std::uint8_t {
    Landing,
    Page,
    Privacy,
    Booking,
    Preview,
    Static,
    Media,
    Robots,
    Sitemap,
    Events,
    Consent,
    Forget,
    Held,
    Health,
    Ready,
    Metrics,
    Redirect,
    NotFound,
    Refused
};
inline constexpr std::size_t route_count = 19;
std::string_view to_string(Route route);

// A counter with one writer; any thread may read it.
class Counter final {
public:
    void add(std::uint64_t amount = 1) {
        m_value.store(m_value.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

inline constexpr std::array<std::uint16_t, 29> counted_statuses{
    200, 202, 204, 206, 301, 303, 304, 308, 400, 401, 403, 404, 405, 408, 409,
    411, 413, 414, 415, 416, 417, 422, 429, 431, 500, 501, 502, 503, 505};
// Upper bounds of the latency histogram, in microseconds.
inline constexpr std::array<std::uint32_t, 13> latency_bounds_us{
    25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 100000, 500000, 2500000};

// What one event loop counted. Written by that loop only, so that no request contends for a cache line.
class alignas(64) LoopMetrics final {
public:
    void request(Route route, int status, std::uint64_t microseconds, std::uint64_t bytes);
    Counter cache_hits, cache_misses, connections, refused_connections, timeouts;

    const Counter &requests(std::size_t route, std::size_t status_index) const {
        return m_requests[route][status_index];
    }
    const Counter &latency(std::size_t bucket) const { return m_latency[bucket]; }
    std::uint64_t latency_sum_us() const { return m_latency_sum_us.value(); }
    std::uint64_t bytes_sent() const { return m_bytes_sent.value(); }

private:
    std::array<std::array<Counter, counted_statuses.size() + 1>, route_count> m_requests;
    std::array<Counter, latency_bounds_us.size() + 1>
        m_latency; // not cumulative; the last is beyond all bounds
    Counter m_latency_sum_us, m_bytes_sent;
};

// What the event queue has done and what waits in it.
struct EventFigures {
    std::uint64_t stored = 0, unavailable = 0, refused = 0;
    std::size_t waiting = 0;
    // Of transactions by their number of events: upper bounds, and how many were within each and above the
    // last; not cumulative.
    std::vector<std::uint32_t> bounds;
    std::vector<std::uint64_t> transactions;
};

// Facts that are looked up when metrics are asked for.
struct Gauges {
    EventFigures events;
    std::vector<std::pair<std::string_view, std::uint64_t>> bot_pages; // by class
    std::size_t known_user_agents = 0;
    bool user_agents_compiled = false;
    std::size_t tenants_loaded = 0, open_connections = 0, cached_pages = 0, cached_bytes = 0;
    std::uint64_t tenant_reloads = 0, tenant_failures = 0;
    std::uint64_t thread_failures = 0;
    bool database_connected = false, ready = false;
    OutboxStatus outbox;
};

class Metrics final {
public:
    explicit Metrics(std::size_t loops);
    LoopMetrics &loop(std::size_t index) { return *m_loops[index]; }
    // Requests of visitors so far, without those for health, readiness and metrics.
    struct Answered {
        std::uint64_t all = 0, failed = 0; // failed: with a status of 500 and more
    };
    Answered answered() const;
    // Prometheus text format 0.0.4.
    std::string render(const Gauges &gauges) const;

private:
    std::vector<std::unique_ptr<LoopMetrics>> m_loops;
};

} // namespace studio::renderer
