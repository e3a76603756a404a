// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::db {

// The libpq keyword string for a person's or service's URL: time-outs, keep-alives and UTF-8 added, and
// sslmode=verify-full where the host is not local and no sslmode is given. Throws Error{Invalid}.
std::string connection_string(const std::string &url);

// The same connection for one of PostgreSQL's own programs, such as pg_dump. Its database argument holds no
// password, because every user of the machine can read command lines; the password is in an environment
// variable, which only the program's user can read. Throws Error{Invalid}.
struct ProgramAddress {
    std::string database;
    std::vector<std::string> environment; // "NAME=value"
};
ProgramAddress program_address(const std::string &url);

// Whether the address contains a password, or is text that libpq cannot parse and that may contain one.
bool may_hold_password(const std::string &address);

// An address with the name of another database, and the database's name in an address. Throw Error{Invalid}.
std::string with_database(const std::string &url, const std::string &database);
std::string database_of(const std::string &url);

} // namespace studio::db
