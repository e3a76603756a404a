// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/test_database.h"

namespace studio::db {

// Puts at least one row of each of the two tenants into every table, and sets both tenants active. A new
// table needs its rows here: the walk fails for an empty one.
void add_sample_rows(const test_support::TestDatabase &database);

} // namespace studio::db
