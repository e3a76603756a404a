// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace studio::db {

// Batches of events that were refused within an hour because of a tenant's own limit.
struct CappedHour {
    models::TenantId tenant_id;
    std::int64_t hour = 0; // since 1970, UTC
    std::int64_t dropped = 0;
    bool operator==(const CappedHour &) const = default;
};

// Hours in which a tenant's figures are too low, because more events arrived than its limit allows. All calls
// throw Error.
class CappedHoursStore final {
public:
    explicit CappedHoursStore(Session &session) : m_session(session) {}
    // Adds to the counts; by the service.
    void add(const std::vector<CappedHour> &hours);
    // The counts that the login may see, from one hour to another, both included; ordered by tenant and hour.
    std::vector<CappedHour> list(std::int64_t first_hour, std::int64_t last_hour);

private:
    Session &m_session;
};

} // namespace studio::db
