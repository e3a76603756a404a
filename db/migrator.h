// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/embedded_migrations.h"
#include "db/session.h"

#include <string>
#include <vector>

namespace studio::db {

struct AppliedMigration {
    int number = 0;
    std::string name; // "0001_tenants"
    bool applied_now = false;
};

// Applies the migrations that are compiled into this library, in order, each in its own transaction, under an
// advisory lock. Throws Error{Conflict} where a migration that was applied earlier had other text (its
// checksum differs), and Error{Other} where the database is newer than this program.
std::vector<AppliedMigration> migrate(Session &owner);
std::vector<AppliedMigration> migrate(Session &owner, const std::vector<Migration> &migrations);

} // namespace studio::db
