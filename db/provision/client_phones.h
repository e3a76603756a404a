// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

namespace studio::db {

// Fills `client_phones` of bookings with several telephone numbers that were made before the column was
// there, so that a person is found by each of her numbers. For the schema's owner; repeating does no harm.
// Throws Error.
void fill_client_phones(Session &owner);

} // namespace studio::db
