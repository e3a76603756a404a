// SPDX-License-Identifier: Apache-2.0
#include "db/migrator.h"

#include "db/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *create_table = R"(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    ))";

// One migrator at a time; the lock goes with the transaction.
void lock(pqxx::work &work) {
    work.exec("SET LOCAL statement_timeout = 0");
    work.exec("SET LOCAL lock_timeout = 0");
    work.exec("SET LOCAL client_min_messages = warning");
    work.exec("SELECT pg_advisory_xact_lock(7310884520114)");
}

void refuse_other_encoding(pqxx::work &work) {
    const std::string encoding = work.exec1("SHOW server_encoding")[0].c_str();
    if (encoding != "UTF8")
        throw Error(ErrorKind::Other,
                    "The database's encoding is " + encoding +
                        ": Companion Studio needs one that was made with the encoding UTF8.");
}

void refuse_newer_database(pqxx::work &work, int last) {
    const int newest = work.exec1("SELECT coalesce(max(number), 0) FROM schema_migrations")[0].as<int>();
    if (newest > last)
        throw Error(ErrorKind::Other, "The database is newer than this program: it has migration " +
                                          std::to_string(newest) + ", this program knows " +
                                          std::to_string(last) + ". Update this program.");
}

AppliedMigration apply(pqxx::work &work, const Migration &migration) {
    lock(work);
    AppliedMigration applied{migration.number(), migration.name, false};
    const auto known =
        work.exec_params("SELECT checksum FROM schema_migrations WHERE number = $1", migration.number());
    if (!known.empty()) {
        if (known[0][0].c_str() != migration.checksum)
            throw Error(ErrorKind::Conflict,
                        "Migration " + migration.name +
                            " was applied to this database with other text. A migration is never "
                            "edited after its release: add a new one.");
        return applied;
    }
    work.exec(migration.sql);
    work.exec_params("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)",
                     migration.number(), migration.name, migration.checksum);
    applied.applied_now = true;
    return applied;
}

} // namespace

std::vector<AppliedMigration> migrate(Session &owner, const std::vector<Migration> &migrations) {
    const int last = migrations.empty() ? 0 : migrations.back().number();
    owner.impl().transact([&](pqxx::work &work) {
        refuse_other_encoding(work);
        lock(work);
        work.exec(create_table);
        refuse_newer_database(work, last);
    });
    std::vector<AppliedMigration> applied;
    for (const Migration &migration : migrations)
        applied.push_back(owner.impl().transact([&](pqxx::work &work) { return apply(work, migration); }));
    return applied;
}

std::vector<AppliedMigration> migrate(Session &owner) {
    return migrate(owner, embedded_migrations());
}

} // namespace studio::db
