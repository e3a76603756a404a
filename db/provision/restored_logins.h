// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <map>
#include <string>

namespace studio::db {

// A restored database brings its accounts, but a cluster's logins are not part of it: creates the missing
// ones, those of disabled accounts without access. Returns their new passwords. For the schema's owner.
std::map<std::string, std::string> make_restored_logins(Session &owner);

// Gives an existing login of the cluster an operator's account where the restored database has none of that
// name.
void ensure_operator(Session &owner, const std::string &login, const std::string &display_name);

// Gives the restored database a new Session::database_id(). Unsaved edits on people's computers belong to a
// later state of the database that it replaces, and are recognised by the id. For the schema's owner.
void renew_installation_id(Session &owner);

} // namespace studio::db
