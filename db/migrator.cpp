// SPDX-License-Identifier: Apache-2.0
#include "db/migrator.h"

#include "db/session_impl.h"

#include <algorithm>

namespace studio::db {

namespace {

constexpr const char *create_table = R"(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    ))";

// One migrator at a time; the lock goes with the transaction. A migration may take as long as it wants, but
// waits for others' locks for so long only.
void lock(pqxx::work &work, std::chrono::seconds longest_wait) {
    work.exec("SET LOCAL statement_timeout = 0");
    work.exec("SET LOCAL lock_timeout = '" + std::to_string(longest_wait.count()) + "s'");
    work.exec("SET LOCAL client_min_messages = warning");
    try {
        work.exec("SELECT pg_advisory_xact_lock(7310884520114)");
    } catch (const pqxx::sql_error &error) {
        if (server_error(error.sqlstate(), error.what()).sqlstate() != "55P03")
            throw;
        throw Error(ErrorKind::Conflict,
                    "Another program has been changing this database's schema for " +
                        std::to_string(longest_wait.count()) +
                        " seconds. Nothing was changed here: wait for it and try again.",
                    "55P03");
    }
}

void refuse_other_encoding(pqxx::work &work) {
    const std::string encoding = work.exec1("SHOW server_encoding")[0].c_str();
    if (encoding != "UTF8")
        throw Error(ErrorKind::Other,
                    "The database's encoding is " + encoding +
                        ": Companion Studio needs one that was made with the encoding UTF8.");
}

// Before anything is changed: only a database whose migrations this program all knows, as it knows them.
void refuse_other_schema(pqxx::work &work, const std::vector<Migration> &migrations) {
    for (const auto &row :
         work.exec("SELECT number, name, checksum FROM schema_migrations ORDER BY number")) {
        const int number = row[0].as<int>();
        const auto known = std::find_if(migrations.begin(), migrations.end(),
                                        [&](const Migration &each) { return each.number() == number; });
        if (known == migrations.end())
            throw Error(ErrorKind::Other,
                        "The database is newer than this program: it has migration " +
                            std::string(row[1].c_str()) +
                            ", which this program does not know. Nothing was changed. "
                            "Update this program, or use another database.",
                        {}, other_schema);
        if (known->checksum != row[2].c_str())
            throw Error(ErrorKind::Conflict,
                        "The database was made by another build of this program: its migration " +
                            known->name +
                            " has other text. Nothing was changed. Use the program that made it, or another "
                            "database.",
                        {}, other_schema);
    }
}

AppliedMigration apply(pqxx::work &work, const Migration &migration, std::chrono::seconds longest_wait) {
    lock(work, longest_wait);
    AppliedMigration applied{migration.number(), migration.name, false};
    if (!work.exec_params("SELECT FROM schema_migrations WHERE number = $1", migration.number()).empty())
        return applied;
    work.exec(migration.sql);
    work.exec_params("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)",
                     migration.number(), migration.name, migration.checksum);
    applied.applied_now = true;
    return applied;
}

} // namespace

std::vector<AppliedMigration> migrate(Session &owner, const std::vector<Migration> &migrations,
                                      std::chrono::seconds longest_wait) {
    owner.impl().transact([&](pqxx::work &work) {
        refuse_other_encoding(work);
        lock(work, longest_wait);
        work.exec(create_table);
        refuse_other_schema(work, migrations);
    });
    std::vector<AppliedMigration> applied;
    for (const Migration &migration : migrations)
        applied.push_back(
            owner.impl().transact([&](pqxx::work &work) { return apply(work, migration, longest_wait); }));
    return applied;
}

std::vector<AppliedMigration> migrate(Session &owner) {
    return migrate(owner, embedded_migrations());
}

} // namespace studio::db
