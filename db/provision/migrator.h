// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "db/provision/embedded_schema.h"

#include <chrono>
#include <string>
#include <vector>

namespace studio::db {

struct AppliedMigration {
    int number = 0;
    std::string name; // "0001_tenants"
    bool applied_now = false;
};

struct AppliedSchema {
    std::vector<AppliedMigration> migrations;
    bool definitions_applied_now = false;
};

// How long a migration waits for locks of others: of another migrator, or of a transaction on its tables.
inline constexpr std::chrono::seconds longest_migration_wait{120};

// Error::constraint() of a database whose schema is another program's.
inline constexpr const char *other_schema = "schema_migrations";

// Brings the database to the schema that is compiled into this library. Where nothing differs, it only reads.
// Otherwise one transaction drops all functions, views, triggers, policies and grants, applies the migrations
// that are missing and then all definitions: a failure changes nothing. Indexes that are built concurrently
// follow, each on its own.
// Throws Error{Conflict} where a migration that was applied earlier had other text (its checksum differs) or
// others' locks last longer than `longest_wait`, and Error{Other} where the database is newer than this
// program. A database of another schema is refused before any change.
// The schema that is compiled in is followed by fill_client_phones().
AppliedSchema migrate(Session &owner);
AppliedSchema migrate(Session &owner, const Schema &schema,
                      std::chrono::seconds longest_wait = longest_migration_wait);

} // namespace studio::db
