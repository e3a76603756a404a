// SPDX-License-Identifier: Apache-2.0
// A walk over everything in the database that a login could touch, read from pg_catalog.
#pragma once

#include "tests/support/test_database.h"

#include <string>
#include <vector>

namespace studio::db {

// What is wrong with privileges and row-level security by the rules that hold for every table, view, sequence
// and function, one sentence each. Looks at the catalogue only.
std::vector<std::string> grant_violations(const test_support::TestDatabase &database);

// Tries to read and to write every relation as the companion ada, and tells where rows of another tenant came
// back or would have been changed.
std::vector<std::string> companion_violations(const test_support::TestDatabase &database);

// Tries every relation and function as staff, as the renderer and as a login without any role.
std::vector<std::string> staff_violations(const test_support::TestDatabase &database);
std::vector<std::string> renderer_violations(const test_support::TestDatabase &database);
std::vector<std::string> anonymous_violations(const test_support::TestDatabase &database);

} // namespace studio::db
