// SPDX-License-Identifier: Apache-2.0
#include "db/stores/capped_hours_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

void CappedHoursStore::add(const std::vector<CappedHour> &hours) {
    ArrayLiteral tenants, numbers, dropped;
    for (const CappedHour &each : hours) {
        tenants.add_uuid(each.tenant_id);
        numbers.add_number(each.hour);
        dropped.add_number(each.dropped);
    }
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT capped_hours_add($1, $2, $3)", tenants.text(), numbers.text(),
                         dropped.text());
    });
}

std::vector<CappedHour> CappedHoursStore::list(std::int64_t first_hour, std::int64_t last_hour) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<CappedHour> hours;
        for (const auto &row : work.exec_params(
                 "SELECT tenant_id, (extract(epoch FROM hour) / 3600)::bigint AS hour, dropped FROM "
                 "capped_hours "
                 "WHERE hour BETWEEN to_timestamp($1::bigint * 3600) AND to_timestamp($2::bigint * 3600) "
                 "ORDER BY tenant_id, hour",
                 first_hour, last_hour)) {
            hours.push_back({models::TenantId(row["tenant_id"].c_str()), row["hour"].as<std::int64_t>(),
                             row["dropped"].as<std::int64_t>()});
        }
        return hours;
    });
}

} // namespace studio::db
