// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace studio::db {

// A stored row of figures that differs from what the raw rows give. "" for a row that is missing on that
// side.
struct AnalyticsDifference {
    std::string table, key, stored, recomputed;
};

struct FailedTenant {
    models::TenantId tenant_id;
    std::string problem;
};

struct UpkeepReport {
    std::int64_t visits = 0, days = 0; // recomputed
    bool more = false;                 // a tenant may have more touched visits or days than one turn takes
    bool busy = false;                 // another job is at work on the figures; nothing more was done
    std::vector<FailedTenant> failed;  // they keep their entries in the queue; the other tenants were updated
};

// Keeps the stored figures equal to what the raw rows give. All calls throw Error where the database is away.
class AnalyticsUpkeep final {
public:
    // Ages that entries of the queue and dirty days must have before they are processed: a visit in progress
    // is not recomputed at each batch of its events, and a busy day is not summed up every second. The ages
    // of days grow with the day's visits, see analytics_days_to_sum().
    struct Ages {
        std::chrono::milliseconds touched{2000}, quiet_day{10'000}, dirty_day{60'000};
    };
    static constexpr Ages at_once{std::chrono::milliseconds(0), std::chrono::milliseconds(0),
                                  std::chrono::milliseconds(0)};
    static constexpr int max_visits = 5000;

    explicit AnalyticsUpkeep(Session &session) : m_session(session) {}

    // One round: of each tenant a limited number of touched visits and one dirty day that is due, in one
    // transaction for each tenant. The tenants in `skipped` are left out. For operators and the public
    // service.
    UpkeepReport update(const Ages &ages, int max_visits_of_tenant = max_visits,
                        const std::set<models::TenantId> &skipped = {});
    // Rounds until nothing is left; throws Error{Conflict} while another job is at work, and the first
    // failure of a tenant.
    UpkeepReport update_all();

    // For operators; may run for minutes.
    // Brings the tenant up to date and compares facts and sums with the raw rows as they are at one moment.
    // Visits touched and days made dirty since are left out.
    std::vector<AnalyticsDifference> verify(const models::TenantId &tenant_id);
    // Recomputes all facts, sums and page load times of the tenant in one transaction; gives the number of
    // visits. Readers see the old ones until then.
    std::int64_t rebuild(const models::TenantId &tenant_id);

private:
    Session &m_session;
};

} // namespace studio::db
