// SPDX-License-Identifier: Apache-2.0
#include "db/connection/long_work.h"

#include "db/connection/session_impl.h"

namespace studio::db {

int end_long_work_of_persons(Session &session) {
    return session.impl().transact(
        [](pqxx::work &work) { return work.exec1("SELECT end_long_work_of_persons()")[0].as<int>(); });
}

} // namespace studio::db
