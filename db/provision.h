// SPDX-License-Identifier: Apache-2.0
// Making databases in a cluster of our own: for the local workspace and for tests.
#pragma once

#include "db/session.h"

#include <string>

namespace studio::db {

// Makes the login `owner` that may make logins and owns databases; sets its password where it exists already.
void provision_owner(Session &superuser, const std::string &owner, const std::string &password);
// Makes the database where it does not exist, as a copy of `from` ("template0": an empty one in UTF-8).
void provision_database(Session &superuser, const std::string &name, const std::string &owner,
                        const std::string &from = "template0");
// Ends its connections.
void drop_database(Session &superuser, const std::string &name);
// A random password of letters, digits, '-' and '_'.
std::string make_password();

} // namespace studio::db
