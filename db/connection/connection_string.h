// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::db {

// The libpq keyword string for a person's or service's URL: time-outs, keep-alives and UTF-8 added, and
// sslmode=verify-full where the host is not local and no sslmode is given. Throws Error{Invalid}.
std::string connection_string(const std::string &url);

// The same road for a program of PostgreSQL's, such as pg_dump: what it takes as its database, which every
// user of the machine can read and so holds no password, and the variables of its environment, which only
// its own user can. Throws Error{Invalid}.
struct ProgramAddress {
    std::string database;
    std::vector<std::string> environment; // "NAME=value"
};
ProgramAddress program_address(const std::string &url);

// Whether there is a password in the address, or may be one in words that libpq cannot read.
bool may_hold_password(const std::string &address);

// The same address with another database's name, and the name in an address. Throw Error{Invalid}.
std::string with_database(const std::string &url, const std::string &database);
std::string database_of(const std::string &url);

} // namespace studio::db
