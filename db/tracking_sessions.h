// SPDX-License-Identifier: Apache-2.0
// Inside db only: visits, for both the tracking and the booking that needs one.
#pragma once

#include "db/tracking_store.h"

#include <pqxx/pqxx>

namespace studio::db {

void write_sessions(pqxx::work &work, const std::vector<TrackedSession> &sessions);

} // namespace studio::db
