// SPDX-License-Identifier: Apache-2.0
#include "db/analytics_upkeep.h"

#include "db/rows.h"
#include "db/session_impl.h"

namespace studio::db {

namespace {

// The days that follow by themselves, see renderer/jobs/page_load_job.cpp, up to where clocks run ahead.
constexpr const char *refresh_page_loads =
    "SELECT page_loads_refresh((now() AT TIME ZONE 'UTC')::date - 2, (now() AT TIME ZONE 'UTC')::date + 1)";
constexpr const char *no_time_limit = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

// The locks of analytics_refresh and page_loads_refresh, held by the connection over transactions: what is
// committed before the next one begins is in its snapshot.
class UpkeepLock final {
public:
    explicit UpkeepLock(Session &session) : m_session(session) {
        m_session.impl().transact([](pqxx::work &work) {
            work.exec(no_time_limit);
            work.exec(
                "SELECT pg_advisory_lock(hashtext('analytics')), pg_advisory_lock(hashtext('page_loads'))");
        });
    }
    ~UpkeepLock() {
        try {
            m_session.impl().transact([](pqxx::work &work) {
                work.exec("SELECT pg_advisory_unlock(hashtext('analytics')), "
                          "pg_advisory_unlock(hashtext('page_loads'))");
            });
        } catch (const Error &) { // with the connection the lock is gone, too
            return;
        }
    }
    UpkeepLock(const UpkeepLock &) = delete;
    UpkeepLock &operator=(const UpkeepLock &) = delete;

private:
    Session &m_session;
};

} // namespace

std::vector<AnalyticsDifference> AnalyticsUpkeep::verify(const std::string &tenant_id) {
    require_tenant_id(tenant_id);
    const UpkeepLock lock(m_session);
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        work.exec(no_time_limit);
        while (work.exec1("SELECT analytics_refresh(20000)")[0].as<int>() > 0) {
        }
        work.exec(refresh_page_loads);
        std::vector<AnalyticsDifference> differences;
        for (const auto &row : work.exec_params("SELECT * FROM analytics_differences($1)", tenant_id))
            differences.push_back({row[0].c_str(), row[1].c_str(), row[2].c_str(), row[3].c_str()});
        return differences;
    });
}

std::int64_t AnalyticsUpkeep::rebuild(const std::string &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec(no_time_limit);
        return work.exec_params1("SELECT analytics_rebuild($1)", tenant_id)[0].as<std::int64_t>();
    });
}

} // namespace studio::db
