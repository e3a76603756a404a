// SPDX-License-Identifier: Apache-2.0
#include "db/connection/answers.h"

#include "db/connection/connection_string.h"
#include "db/connection/session_impl.h"

#include <libpq-fe.h>

namespace studio::db {

bool answers(const std::string &url) {
    return PQping(connection_string(url).c_str()) == PQPING_OK;
}

void abandon(Session &session) {
    session.impl().abandon();
}

} // namespace studio::db
