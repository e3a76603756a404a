// SPDX-License-Identifier: Apache-2.0
// Making and replacing databases of a cluster: for the local workspace, for restoring a backup and for tests.
#pragma once

#include "db/connection/session.h"

#include <string>

namespace studio::db {

// Creates the login `owner`, which may create logins and owns databases; sets its password where it exists
// already.
void provision_owner(Session &superuser, const std::string &owner, const std::string &password);
// Creates the database if it does not exist, as a copy of `from` ("template0": an empty one in UTF-8).
void provision_database(Session &superuser, const std::string &name, const std::string &owner,
                        const std::string &from = "template0");
// Drops the database after ending its connections. Does nothing if there is none.
void drop_database(Session &superuser, const std::string &name);
std::string owner_of_database(Session &session, const std::string &name);
// Replaces the database `name` by the database `by` in one step: `name` is renamed to `old_name` and `by` to
// `name`. Ends the connections to both; `session` is connected to a third database of the server.
void replace_database(Session &session, const std::string &name, const std::string &by,
                      const std::string &old_name);
// Drops the login. Does nothing if there is none.
void drop_login(Session &session, const std::string &login);
// A random password of letters, digits, '-' and '_'.
std::string make_password();

} // namespace studio::db
