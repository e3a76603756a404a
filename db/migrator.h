// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/embedded_migrations.h"
#include "db/session.h"

#include <chrono>
#include <string>
#include <vector>

namespace studio::db {

struct AppliedMigration {
    int number = 0;
    std::string name; // "0001_tenants"
    bool applied_now = false;
};

// How long a migration waits for what others hold: another migrator, or a transaction on its tables.
inline constexpr std::chrono::seconds longest_migration_wait{120};

// Error::constraint() of a database whose schema is another program's.
inline constexpr const char *other_schema = "schema_migrations";

// Applies the migrations that are compiled into this library, in order, each in its own transaction, under an
// advisory lock. Throws Error{Conflict} where a migration that was applied earlier had other text (its
// checksum differs) or others' locks last longer than `longest_wait`, and Error{Other} where the database has
// a migration that this program does not know. A database of another schema is refused before any change.
std::vector<AppliedMigration> migrate(Session &owner);
std::vector<AppliedMigration> migrate(Session &owner, const std::vector<Migration> &migrations,
                                      std::chrono::seconds longest_wait = longest_migration_wait);

} // namespace studio::db
