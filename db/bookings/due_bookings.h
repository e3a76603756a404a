// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

namespace studio::db {

// The most bookings that one call changes for one reason.
inline constexpr int max_due_bookings = 500;

// Makes the changes that time brings to bookings: unanswered ones expire, those whose deposit did not arrive
// are released, reminders and agendas go into the outbox. Returns how many changed; from max_due_bookings on,
// more may be due. Throws Error.
int run_due_bookings(Session &session);

} // namespace studio::db
