// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/block_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "models/json/json.h"

namespace studio::db {

bool BlockStore::add(const std::optional<models::TenantId> &tenant_id, const std::string &kind,
                     const std::string &value, const std::string &reason, std::optional<int> hours) {
    if (tenant_id) {
        require_tenant_id(*tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1("SELECT block_client($1, $2, $3, $4, $5)", tenant_id, kind, value, reason, hours)[0]
            .as<bool>();
    });
}

std::vector<std::string> BlockStore::add_of_booking(const std::string &booking,
                                                    const std::vector<std::string> &kinds,
                                                    const std::string &reason, int address_hours) {
    if (!is_uuid(booking)) {
        throw Error(ErrorKind::NotFound, "There is no such booking, or this login has no access to it.");
    }
    models::Json wanted = kinds;
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<std::string> added;
        for (const auto &row : work.exec_params("SELECT unnest(block_booking($1, ARRAY(SELECT "
                                                "jsonb_array_elements_text($2::jsonb)), $3, $4))",
                                                booking, wanted.dump(), reason, address_hours)) {
            added.emplace_back(row[0].c_str());
        }
        return added;
    });
}

std::vector<BlockedClient> BlockStore::list() {
    return m_session.impl().transact([](pqxx::work &work) {
        std::vector<BlockedClient> clients;
        for (const auto &row :
             work.exec("SELECT id, tenant_id, kind, reason, account_name(created_by) AS "
                       "created_by, " SQL_MICROSECONDS("created_at") " AS created, " SQL_MICROSECONDS(
                           "expires_at") " AS expires FROM "
                                         "blocked_clients WHERE "
                                         "expires_at > "
                                         "clock_timestamp() ORDER BY "
                                         "created_at DESC, id")) {
            clients.push_back({row["id"].c_str(), optional_tenant_id(row["tenant_id"]), row["kind"].c_str(),
                               row["reason"].c_str(), row["created_by"].c_str(), time_of(row["created"]),
                               time_of(row["expires"])});
        }
        return clients;
    });
}

void BlockStore::remove(const std::string &id) {
    if (!is_uuid(id)) {
        throw Error(ErrorKind::NotFound, "There is no such block.");
    }
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT block_remove($1)", id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "There is no such block.");
        }
    });
}

} // namespace studio::db
