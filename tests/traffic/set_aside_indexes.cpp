// SPDX-License-Identifier: Apache-2.0
#include "tests/traffic/set_aside_indexes.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::db {

namespace {

std::string oids_of(pqxx::work &work, const std::vector<std::string> &tables) {
    std::string list;
    for (const std::string &table : tables) {
        for (const auto &row :
             work.exec("SELECT part::oid FROM (SELECT relid FROM pg_partition_tree(" + work.quote(table) +
                       ") UNION SELECT " + work.quote(table) + "::regclass) parts (part)")) {
            list += (list.empty() ? "" : ", ") + std::string(row[0].c_str());
        }
    }
    return "(" + list + ")";
}

} // namespace

SetAsideIndexes::SetAsideIndexes(pqxx::work &work, const std::vector<std::string> &tables) : m_work(work) {
    const std::string oids = oids_of(work, tables);
    for (const auto &row : work.exec(fmt::format("SELECT conrelid::regclass, quote_ident(conname), contype, "
                                                 "pg_get_constraintdef(oid) FROM pg_constraint WHERE "
                                                 "contype IN ('f', 'p', 'u', 'x') AND conparentid = 0 AND "
                                                 "(conrelid IN {0} OR confrelid IN {0}) ORDER BY contype <> "
                                                 "'f', oid",
                                                 oids))) {
        const std::string table = row[0].c_str(), name = row[1].c_str();
        m_drops.push_back(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", table, name));
        (row[2].c_str() == std::string_view("f") ? m_foreign_keys : m_keys)
            .push_back(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", table, name, row[3].c_str()));
    }
    for (const auto &row :
         work.exec(fmt::format("SELECT i.indexrelid::regclass, replace(pg_get_indexdef(i.indexrelid), ' ON "
                               "ONLY ', ' ON '), c.relname FROM "
                               "pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid IN {} "
                               "AND NOT c.relispartition AND NOT "
                               "EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND "
                               "k.contype IN ('p', 'u', 'x')) ORDER BY "
                               "i.indexrelid",
                               oids))) {
        m_drops.push_back(fmt::format("DROP INDEX {}", row[0].c_str()));
        m_indexes.emplace_back(row[1].c_str());
    }
    take_away();
}

void SetAsideIndexes::take_away() {
    for (const std::string &statement : m_drops) {
        m_work.exec(statement);
    }
}

void SetAsideIndexes::make_again() {
    m_work.exec("SET LOCAL maintenance_work_mem = '512MB'");
    for (const auto *statements : {&m_keys, &m_indexes, &m_foreign_keys}) {
        for (const std::string &statement : *statements) {
            m_work.exec(statement);
        }
    }
}

} // namespace studio::db
