// SPDX-License-Identifier: Apache-2.0
#include "db/provision/migrator.h"

#include "db/connection/session_impl.h"
#include "db/provision/client_phones.h"
#include "db/provision/migrator_definitions.h"

#include <algorithm>
#include <regex>
#include <set>
#include <thread>

namespace studio::db {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char *create_tables = R"(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number integer PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE IF NOT EXISTS schema_definitions (
        position integer PRIMARY KEY,
        name text NOT NULL UNIQUE,
        checksum text NOT NULL,
        program_version integer NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
    ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY;
    ALTER TABLE schema_definitions ENABLE ROW LEVEL SECURITY)";

void refuse_other_encoding(pqxx::work &work) {
    const std::string encoding = work.exec1("SHOW server_encoding")[0].c_str();
    if (encoding != "UTF8") {
        throw Error(ErrorKind::Other, "The database's encoding is " + encoding +
                                          ": Companion Studio needs a database with the encoding UTF8.");
    }
}

[[noreturn]] void refuse_newer(const std::string &what) {
    throw Error(ErrorKind::Other,
                "The database is newer than this program: it has " + what +
                    ", which this program does not know. Nothing was changed. "
                    "Update this program, or use another database.",
                {}, other_schema);
}

// Checked before anything is changed: throws unless this program knows all applied migrations unchanged, and
// no later program has written the definitions.
void refuse_other_schema(pqxx::work &work, const Schema &schema) {
    for (const auto &row :
         work.exec("SELECT number, name, checksum FROM schema_migrations ORDER BY number")) {
        const int number = row[0].as<int>();
        const auto known = std::find_if(schema.migrations.begin(), schema.migrations.end(),
                                        [&](const Migration &each) { return each.number() == number; });
        if (known == schema.migrations.end()) {
            refuse_newer("migration " + std::string(row[1].c_str()));
        }
        if (known->checksum != row[2].c_str()) {
            throw Error(ErrorKind::Conflict,
                        "The database was made by another build of this program: its migration " +
                            known->name +
                            " has other text. Nothing was changed. Use the program that made it, or another "
                            "database.",
                        {}, other_schema);
        }
    }
    const int version =
        work.exec1("SELECT coalesce(max(program_version), 0) FROM schema_definitions")[0].as<int>();
    if (version > schema.program_version && definitions_differ(work, schema)) {
        refuse_newer("functions of version " + std::to_string(version / 1000000) + "." +
                     std::to_string(version / 1000 % 1000) + "." + std::to_string(version % 1000));
    }
}

std::set<int> applied_numbers(pqxx::work &work) {
    std::set<int> numbers;
    for (const auto &row : work.exec("SELECT number FROM schema_migrations")) {
        numbers.insert(row[0].as<int>());
    }
    return numbers;
}

void note(pqxx::transaction_base &work, const Migration &migration) {
    work.exec_params("INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)"
                     " ON CONFLICT DO NOTHING",
                     migration.number(), migration.name, migration.checksum);
}

bool both_tables_exist(pqxx::work &work) {
    return work
        .exec1("SELECT to_regclass('public.schema_migrations') IS NOT NULL"
               " AND to_regclass('public.schema_definitions') IS NOT NULL")[0]
        .as<bool>();
}

// Whether the schema is up to date. Takes no lock that other sessions would wait for.
bool is_up_to_date(pqxx::work &work, const Schema &schema, AppliedSchema &applied) {
    refuse_other_encoding(work);
    if (!both_tables_exist(work)) {
        return false;
    }
    refuse_other_schema(work, schema);
    const std::set<int> numbers = applied_numbers(work);
    applied = {};
    for (const Migration &migration : schema.migrations) {
        applied.migrations.push_back({migration.number(), migration.name, false});
    }
    return numbers.size() == schema.migrations.size() && !definitions_differ(work, schema);
}

// One migrator runs at a time: the lock on schema_migrations, which no person's login may take, is released
// with the transaction.
void apply_in_transaction(pqxx::work &work, const Schema &schema, std::chrono::milliseconds wait_for_lock,
                          AppliedSchema &applied) {
    work.exec("SET LOCAL statement_timeout = 0");
    work.exec("SET LOCAL client_min_messages = warning");
    work.exec("SET LOCAL lock_timeout = " + std::to_string(wait_for_lock.count()));
    work.exec("LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE");
    applied = {};
    refuse_other_schema(work, schema);
    const std::set<int> numbers = applied_numbers(work);
    const bool missing =
        std::any_of(schema.migrations.begin(), schema.migrations.end(), [&](const Migration &migration) {
            return !migration.concurrently() && !numbers.contains(migration.number());
        });
    const bool change = missing || definitions_differ(work, schema);
    if (change && !numbers.empty()) {
        lock_tables(work);
        drop_definitions(work);
    }
    for (const Migration &migration : schema.migrations) {
        const bool now = !migration.concurrently() && !numbers.contains(migration.number());
        if (now) {
            work.exec(migration.sql);
            note(work, migration);
        }
        applied.migrations.push_back({migration.number(), migration.name, now});
    }
    if (change) {
        apply_definitions(work, schema);
        applied.definitions_applied_now = true;
    }
}

void ensure_tables(Session &owner) {
    try {
        owner.impl().transact([&](pqxx::work &work) {
            if (!both_tables_exist(work)) {
                work.exec("SET LOCAL client_min_messages = warning");
                work.exec(create_tables);
            }
        });
    } catch (const Error &error) {
        // Another migrator may have created them at the same moment, which is no failure.
        if (error.sqlstate() != "23505" && error.sqlstate() != "42P07") {
            throw;
        }
    }
}

// Whether the error means that another migrator or a long transaction holds a lock.
bool is_about_locks(const Error &error) {
    return error.sqlstate() == "55P03" || error.sqlstate() == "40P01";
}

// Waits for locks only briefly and tries again, so that other sessions do not queue behind this one for long.
void apply_with_patience(Session &owner, const Schema &schema, std::chrono::milliseconds longest_wait,
                         AppliedSchema &applied) {
    const auto wait_for_lock = std::min(longest_wait, std::chrono::milliseconds(2000));
    const Clock::time_point end = Clock::now() + longest_wait;
    for (;;) {
        try {
            owner.impl().transact(
                [&](pqxx::work &work) { apply_in_transaction(work, schema, wait_for_lock, applied); });
            return;
        } catch (const Error &error) {
            if (!is_about_locks(error)) {
                throw;
            }
            if (Clock::now() >= end) {
                throw Error(ErrorKind::Conflict,
                            "Another program has been holding this database's tables for " +
                                std::to_string(longest_wait.count() / 1000) +
                                " seconds. Nothing was changed here: wait for it and try again.",
                            "55P03");
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

// First drops the invalid index that an interrupted build leaves.
bool build_index(Session &owner, const Migration &migration) {
    static const std::regex named("CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\\w+)");
    std::smatch match;
    if (!std::regex_search(migration.sql, match, named)) {
        throw Error(ErrorKind::Other, migration.name + " is marked as concurrent and makes no index.");
    }
    const std::string index = match[1];
    const bool done = owner.impl().transact(
        [&](pqxx::work &work) { return applied_numbers(work).contains(migration.number()); });
    if (done) {
        return false;
    }
    const bool broken = owner.impl().transact([&](pqxx::work &work) {
        return !work.exec_params("SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid",
                                 index)
                    .empty();
    });
    if (broken) {
        owner.impl().execute_alone("DROP INDEX CONCURRENTLY IF EXISTS " + index);
    }
    owner.impl().execute_alone("SET statement_timeout = 0");
    owner.impl().execute_alone(migration.sql);
    owner.impl().execute_alone("RESET statement_timeout");
    owner.impl().transact([&](pqxx::work &work) { note(work, migration); });
    return true;
}

} // namespace

AppliedSchema migrate(Session &owner, const Schema &schema, std::chrono::seconds longest_wait) {
    AppliedSchema applied;
    if (owner.impl().transact([&](pqxx::work &work) { return is_up_to_date(work, schema, applied); })) {
        return applied;
    }
    ensure_tables(owner);
    apply_with_patience(owner, schema, longest_wait, applied);
    for (std::size_t i = 0; i < schema.migrations.size(); ++i) {
        if (schema.migrations[i].concurrently()) {
            applied.migrations[i].applied_now = build_index(owner, schema.migrations[i]);
        }
    }
    return applied;
}

AppliedSchema migrate(Session &owner) {
    AppliedSchema applied = migrate(owner, embedded_schema());
    fill_client_phones(owner);
    return applied;
}

} // namespace studio::db
