// SPDX-License-Identifier: Apache-2.0
#include "db/stores/kept_originals.h"

#include "db/connection/id_traits.h"
#include "db/connection/session_impl.h"

namespace studio::db {

bool keeps_originals(Session &session, const models::TenantId &tenant) {
    return session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT keeps_originals FROM tenants WHERE id = $1", tenant);
        return !rows.empty() && rows[0][0].as<bool>();
    });
}

} // namespace studio::db
