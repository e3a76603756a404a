// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

namespace studio::db {

// Of one kind in one turn.
inline constexpr int max_due_bookings = 500;

// What happens to bookings by itself until now: those that nobody answered in time expire, those without the
// deposit that was due are released, reminders and agendas go into the outbox. Gives how many changed; where
// that is max_due_bookings or more, others may be due too. Throws Error.
int run_due_bookings(Session &session);

} // namespace studio::db
