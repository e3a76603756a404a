// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/figures.h"
#include "db/connection/session.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Where the buckets of PageLoads begin, in milliseconds; each goes up to where the next begins.
inline constexpr std::array<int, 14> page_load_bounds_ms{0,    100,  200,  300,  500,  750,  1000,
                                                         1500, 2000, 2500, 3000, 4000, 6000, 10000};

// How long pages took until everything in them was loaded, as the browsers of people said.
struct PageLoads {
    std::int64_t loads = 0;
    std::int64_t total_ms = 0;
    std::array<std::int64_t, page_load_bounds_ms.size()> buckets{};

    void add(int ms);
    // The number of page loads that took less than `ms`, which must be one of the bounds.
    std::int64_t faster_than(int ms) const;
    bool operator==(const PageLoads &) const = default;
};

// The uptime of all replicas together, counted from the first minute that was ever reported.
struct Uptime {
    std::int64_t measured_minutes = 0;
    std::int64_t up_minutes = 0;           // in which at least one replica could answer
    std::int64_t answered = 0, failed = 0; // requests; failed: with a status of 500 and more
    bool operator==(const Uptime &) const = default;
};

// What a replica reports of one of its minutes.
struct ServiceMinute {
    std::int64_t minute = 0; // since 1970
    bool ready = false;      // it answered a request of its own at least once
    std::int64_t answered = 0, failed = 0;
    bool operator==(const ServiceMinute &) const = default;
};

// How fast pages load and whether the service is there. Days are those of UTC. All calls throw Error.
class MeasurementStore final {
public:
    explicit MeasurementStore(Session &session) : m_session(session) {}

    // `tenant_id` "" means all tenants that the login may see.
    PageLoads page_loads(const models::TenantId &tenant_id, DateRange range);
    // For operators.
    Uptime uptime(DateRange range);

    // Computes the days from the events. For operators and the renderer. Returns how many rows changed;
    // nullopt if another replica is doing it.
    std::optional<int> refresh_page_loads(DateRange range);
    // For the renderer. Reporting a minute again does no harm; what is older than a week is left out.
    void note_minutes(const std::string &replica, const std::vector<ServiceMinute> &minutes);

private:
    Session &m_session;
};

} // namespace studio::db
