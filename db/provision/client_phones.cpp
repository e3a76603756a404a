// SPDX-License-Identifier: Apache-2.0
#include "db/provision/client_phones.h"

#include "base/telephone.h"
#include "db/connection/array_literal.h"
#include "db/connection/session_impl.h"
#include "models/values/timezone.h"

namespace studio::db {

void fill_client_phones(Session &owner) {
    owner.impl().transact([](pqxx::work &work) {
        // What may stand between two numbers, as base::separate_telephones() knows it.
        const auto rows = work.exec(
            "SELECT id, client_phone, coalesce(time_zone, '') AS time_zone FROM bookings"
            " WHERE client_phones IS NULL AND erased_at IS NULL AND client_phone ~* '[/,;\\n]| or | and '");
        for (const auto &row : rows) {
            const auto phones = base::normal_telephones(row["client_phone"].c_str(),
                                                        models::region_of_timezone(row["time_zone"].c_str()));
            if (phones.size() < 2) {
                continue;
            }
            ArrayLiteral array;
            for (const std::string &phone : phones) {
                array.add_text(phone);
            }
            work.exec_params("UPDATE bookings SET client_phones = $1 WHERE id = $2 AND client_phones IS NULL"
                             " AND client_phone = $3",
                             array.text(), row["id"].c_str(), row["client_phone"].c_str());
        }
    });
}

} // namespace studio::db
