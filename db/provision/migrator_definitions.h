// SPDX-License-Identifier: Apache-2.0
// Inside db only: functions, views, triggers, policies and grants of a database.
#pragma once

#include "db/provision/embedded_schema.h"

#include <pqxx/pqxx>

namespace studio::db {

bool definitions_differ(pqxx::transaction_base &work, const Schema &schema);

// Locks every table, so that no other session reads or writes until the transaction ends.
void lock_tables(pqxx::work &work);

void drop_definitions(pqxx::work &work);
void apply_definitions(pqxx::work &work, const Schema &schema);

} // namespace studio::db
