// SPDX-License-Identifier: Apache-2.0
// Inside db only.
#pragma once

#include "db/connection/session_impl.h"

#include <string>
#include <vector>

namespace studio::db {

// Drops the indexes, keys and foreign keys of some tables while many rows are added, and creates them again,
// which checks every row. In one transaction, so that no other session sees the tables without them.
class SetAsideIndexes final {
public:
    // Partitions are included with their table.
    SetAsideIndexes(pqxx::work &work, const std::vector<std::string> &tables);
    void make_again();

private:
    void take_away();
    pqxx::work &m_work;
    std::vector<std::string> m_drops, m_keys, m_indexes, m_foreign_keys;
};

} // namespace studio::db
