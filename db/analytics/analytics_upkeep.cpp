// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_upkeep.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <fmt/format.h>

namespace studio::db {

namespace {

// Recomputes the same recent days as renderer/jobs/page_load_job.cpp, and tomorrow, because devices' clocks
// may be ahead.
constexpr const char *refresh_page_loads =
    "SELECT page_loads_refresh((now() AT TIME ZONE 'UTC')::date - 2, (now() AT TIME ZONE 'UTC')::date + 1)";
constexpr const char *no_time_limit = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

std::vector<models::TenantId> tenants_to_update(Session &session, const AnalyticsUpkeep::Ages &ages) {
    return session.impl().transact([&](pqxx::work &work) {
        std::vector<models::TenantId> tenants;
        for (const auto &row : work.exec(
                 fmt::format("SELECT tenant_id FROM analytics_tenants_to_update('{} ms', '{} ms', '{} ms')",
                             ages.touched.count(), ages.quiet_day.count(), ages.dirty_day.count()))) {
            tenants.emplace_back(row[0].c_str());
        }
        return tenants;
    });
}

// False if another replica is updating figures. The time limits are short because all other tenants wait for
// this one.
bool update_tenant(Session &session, const models::TenantId &tenant_id, const AnalyticsUpkeep::Ages &ages,
                   int max_visits, UpkeepReport &report) {
    return session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec1(fmt::format("SET LOCAL statement_timeout = '20s'; SET LOCAL lock_timeout "
                                                "= '2s'; SELECT visits, days, busy FROM "
                                                "analytics_update_tenant({}, {}, '{} ms', '{} ms', '{} ms')",
                                                work.quote(tenant_id), max_visits, ages.touched.count(),
                                                ages.quiet_day.count(), ages.dirty_day.count()));
        report.visits += row[0].as<int>();
        report.days += row[1].as<int>();
        report.more = report.more || row[0].as<int>() >= max_visits || row[1].as<int>() > 0;
        return !row[2].as<bool>();
    });
}

} // namespace

UpkeepReport AnalyticsUpkeep::update(const Ages &ages, int max_visits_of_tenant,
                                     const std::set<models::TenantId> &skipped) {
    UpkeepReport report;
    for (const models::TenantId &tenant : tenants_to_update(m_session, ages)) {
        if (skipped.contains(tenant)) {
            continue;
        }
        try {
            if (!update_tenant(m_session, tenant, ages, max_visits_of_tenant, report)) {
                report.busy = true;
                break;
            }
        } catch (const Error &error) {
            if (error.kind() == ErrorKind::Unreachable || error.kind() == ErrorKind::Forbidden) {
                throw;
            }
            report.failed.push_back({tenant, error.what()});
        }
    }
    return report;
}

UpkeepReport AnalyticsUpkeep::update_all() {
    UpkeepReport all;
    while (true) {
        const UpkeepReport round = update(at_once);
        if (round.busy) {
            throw Error(ErrorKind::Conflict,
                        "Another job is updating the figures. Try again in a few seconds.");
        }
        if (!round.failed.empty()) {
            throw Error(ErrorKind::Other, round.failed.front().problem);
        }
        all.visits += round.visits;
        all.days += round.days;
        if (round.visits == 0 && round.days == 0) {
            return all;
        }
    }
}

std::vector<AnalyticsDifference> AnalyticsUpkeep::verify(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    UpkeepReport report;
    while (update_tenant(m_session, tenant_id, at_once, max_visits, report) && report.more) {
        report.more = false;
    }
    m_session.impl().transact([](pqxx::work &work) {
        work.exec(no_time_limit);
        work.exec(refresh_page_loads);
    });
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        work.exec(no_time_limit);
        std::vector<AnalyticsDifference> differences;
        for (const auto &row : work.exec_params("SELECT * FROM analytics_differences($1)", tenant_id)) {
            differences.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(), row[3].c_str()});
        }
        return differences;
    });
}

std::int64_t AnalyticsUpkeep::rebuild(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec(no_time_limit);
        return work.exec_params1("SELECT analytics_rebuild($1)", tenant_id)[0].as<std::int64_t>(0);
    });
}

} // namespace studio::db
