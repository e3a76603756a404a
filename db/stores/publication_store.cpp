// SPDX-License-Identifier: Apache-2.0
#include "db/stores/publication_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {
constexpr const char *select_last = "SELECT name, " SQL_MICROSECONDS(
    "published_at") " AS at FROM tenants WHERE published_at IS NOT NULL ORDER BY published_at DESC LIMIT 1";
constexpr const char *select_live = "SELECT published_revision AS revision, " SQL_MICROSECONDS(
    "published_at") " AS at"
                    " FROM tenants WHERE id = $1 AND published_revision IS NOT NULL";
constexpr const char *select_publisher =
    "SELECT account_name(l.login) AS name FROM audit_log l"
    " WHERE l.tenant_id = $1 AND l.table_name = 'tenants' AND jsonb_exists(l.changes, 'published_revision')"
    " ORDER BY l.id DESC LIMIT 1";

} // namespace

std::optional<Publication> PublicationStore::last() {
    return m_session.impl().transact([](pqxx::work &work) -> std::optional<Publication> {
        const auto rows = work.exec(select_last);
        if (rows.empty()) {
            return std::nullopt;
        }
        return Publication{rows[0]["name"].c_str(), time_of(rows[0]["at"])};
    });
}

std::optional<LivePublication> PublicationStore::live(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) -> std::optional<LivePublication> {
        const auto rows = work.exec_params(select_live, tenant_id);
        if (rows.empty()) {
            return std::nullopt;
        }
        LivePublication live{rows[0]["revision"].as<int>(), {}, time_of(rows[0]["at"])};
        // Only operators may read the audit log; for other logins the query would fail.
        if (work.exec1("SELECT has_table_privilege('audit_log', 'SELECT')")[0].as<bool>()) {
            const auto names = work.exec_params(select_publisher, tenant_id);
            live.published_by = names.empty() ? std::string() : names[0]["name"].c_str();
        }
        return live;
    });
}

} // namespace studio::db
