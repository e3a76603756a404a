// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

namespace studio::db {

// Ends sessions of persons' logins that have been in a transaction or a statement for too long
// (docs/operations.md); gives how many. For the public service's login.
int end_long_work_of_persons(Session &session);

} // namespace studio::db
