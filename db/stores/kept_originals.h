// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

namespace studio::db {

// Whether the companion wants the files of her photos to be kept as they came. Throws Error.
bool keeps_originals(Session &session, const models::TenantId &tenant);

} // namespace studio::db
