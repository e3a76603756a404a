// SPDX-License-Identifier: Apache-2.0
// For servers that may have stopped answering.
#pragma once

#include "db/connection/session.h"

#include <string>

namespace studio::db {

// Whether a server accepts connections at that address; returns within seconds, whatever state the server is
// in.
bool answers(const std::string &url);

// For a server that does not even answer a cancellation; called from another thread. Closes the session's
// connection on this side: a call that waits throws Error{Unreachable}, the next one connects again.
void abandon(Session &session);

} // namespace studio::db
