// SPDX-License-Identifier: Apache-2.0
// For servers that may have stopped answering altogether.
#pragma once

#include "db/connection/session.h"

#include <string>

namespace studio::db {

// Whether a server takes connections at that address; says so within seconds, whatever state it is in.
bool answers(const std::string &url);

// From another thread, where the server does not even answer a cancellation: ends the session's connection at
// this side. A call that waits throws Error{Unreachable}; the next one connects again.
void abandon(Session &session);

} // namespace studio::db
