// SPDX-License-Identifier: Apache-2.0
#include "db/stores/audit_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

std::vector<AuditEntry> AuditStore::list(const std::optional<models::TenantId> &tenant_id, int limit) {
    if (tenant_id) {
        require_tenant_id(*tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<AuditEntry> entries;
        for (const auto &row :
             work.exec_params("SELECT " SQL_MICROSECONDS(
                                  "at") " AS at, login, account_name(login) AS name, action, table_name, "
                                        "row_id, tenant_id, changes"
                                        " FROM audit_log WHERE $1::uuid IS NULL OR tenant_id = $1::uuid "
                                        "ORDER BY id DESC LIMIT $2",
                              tenant_id, limit)) {
            AuditEntry entry;
            entry.at = time_of(row["at"]);
            entry.login = row["login"].c_str();
            entry.name = row["name"].c_str();
            entry.action = row["action"].c_str();
            entry.table = row["table_name"].c_str();
            entry.row_id = row["row_id"].c_str();
            entry.tenant_id = optional_tenant_id(row["tenant_id"]);
            entry.changes = models::Json::parse(row["changes"].c_str(), nullptr, false);
            entries.push_back(std::move(entry));
        }
        return entries;
    });
}

} // namespace studio::db
