// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::db {

struct Migration {
    std::string name;     // "0001_roles": begins with its number
    std::string checksum; // SHA-256 of the file, hexadecimal
    std::string sql;

    int number() const { return std::stoi(name.substr(0, 4)); }
};

// The files of db/migrations, in order.
const std::vector<Migration> &embedded_migrations();

} // namespace studio::db
