// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/due_bookings.h"

#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *run_due = "SELECT booking_run_due(clock_timestamp(), $1)";

} // namespace

int run_due_bookings(Session &session) {
    return session.impl().transact([&](pqxx::work &work) {
        return session.impl().prepared(work, run_due, max_due_bookings)[0][0].as<int>();
    });
}

} // namespace studio::db
