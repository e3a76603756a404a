// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::db {

// A file of db/migrations: tables, applied once.
struct Migration {
    std::string name;     // "0001_roles": begins with its number
    std::string checksum; // SHA-256 of the file, hexadecimal
    std::string sql;

    int number() const { return std::stoi(name.substr(0, 4)); }
    // A file that begins with this line holds one CREATE INDEX CONCURRENTLY, which cannot run inside a
    // transaction.
    bool concurrently() const { return std::string_view(sql).substr(0, 15) == "-- concurrently"; }
};

// A file of db/schema: functions, views, triggers, policies and grants, applied whenever one of them changes.
struct Definitions {
    std::string name;
    std::string checksum;
    std::string sql;
};

struct Schema {
    std::vector<Migration> migrations;
    std::vector<Definitions> definitions;
    int program_version = 0; // 1002003 is 1.2.3
};

// The files of db/migrations and db/schema, in the order in which db/CMakeLists.txt lists them.
const Schema &embedded_schema();

} // namespace studio::db
