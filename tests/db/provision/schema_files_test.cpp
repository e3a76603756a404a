// SPDX-License-Identifier: Apache-2.0
// What the files of db/migrations and db/schema may hold: see "Changing the schema" in docs/database.md.
#include "db/provision/embedded_schema.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <regex>

namespace studio::db {

namespace {

using testing::IsEmpty;

// Nothing is released yet: the first release ends with this number, and later ones change a running platform.
constexpr int last_of_the_first_release = 99;

std::string without_comments(const std::string &sql) {
    return std::regex_replace(sql, std::regex("--[^\n]*"), "");
}

bool holds(const std::string &sql, const std::string &pattern) {
    return std::regex_search(without_comments(sql),
                             std::regex(pattern, std::regex::ECMAScript | std::regex::icase));
}

std::vector<std::string> names_of(const std::string &sql, const std::string &pattern) {
    std::vector<std::string> names;
    const std::string text = without_comments(sql);
    const std::regex expression(pattern);
    for (std::sregex_iterator each(text.begin(), text.end(), expression), end; each != end; ++each) {
        names.push_back((*each)[1].str() + ((*each).size() > 2 ? " on " + (*each)[2].str() : ""));
    }
    return names;
}

// What a migration must not hold that is applied to a platform in use. Wait for locks is limited by the
// migrator.
std::vector<std::string> problems_of_later(const Migration &migration) {
    std::vector<std::string> problems;
    if (migration.concurrently()) {
        if (names_of(migration.sql, ";(\\s*\\S)").size() > 0 ||
            !holds(migration.sql, "^\\s*CREATE (UNIQUE )?INDEX CONCURRENTLY \\w+")) {
            problems.push_back(migration.name + " must hold one CREATE INDEX CONCURRENTLY and nothing else");
        }
        return problems;
    }
    const auto made_here = names_of(migration.sql, "CREATE (?:UNLOGGED )?TABLE (\\w+)");
    for (const std::string &table : names_of(migration.sql, "CREATE (?:UNIQUE )?INDEX \\w+\\s+ON (\\w+)")) {
        if (std::find(made_here.begin(), made_here.end(), table) == made_here.end()) {
            problems.push_back(
                migration.name + " builds an index on " + table +
                " inside its transaction: use a file of its own that begins with -- concurrently");
        }
    }
    if (holds(migration.sql, "(^|;)\\s*(UPDATE|DELETE|TRUNCATE|VACUUM|CLUSTER|REINDEX|REFRESH)\\s")) {
        problems.push_back(migration.name +
                           " rewrites rows inside its transaction: leave it to a job in batches");
    }
    if (holds(migration.sql, "(^|;)\\s*(SELECT|DO|WITH)\\s")) {
        problems.push_back(migration.name + " runs statements of which nobody knows how long they take");
    }
    return problems;
}

TEST(SchemaFiles, MigrationsHoldNoDefinitions) {
    for (const Migration &migration : embedded_schema().migrations) {
        EXPECT_FALSE(
            holds(migration.sql,
                  "CREATE\\s+(OR REPLACE\\s+)?(FUNCTION|PROCEDURE|AGGREGATE|VIEW|TRIGGER|POLICY)\\s"))
            << migration.name;
        EXPECT_FALSE(holds(migration.sql, "(^|\\n)\\s*(GRANT|REVOKE)\\s")) << migration.name;
    }
}

TEST(SchemaFiles, DefinitionsHoldNoTables) {
    for (const Definitions &file : embedded_schema().definitions) {
        EXPECT_FALSE(holds(
            file.sql, "(^|\\n)(CREATE\\s+(UNLOGGED\\s+)?(TABLE|INDEX|UNIQUE INDEX|SEQUENCE|TYPE)|ALTER TABLE|"
                      "INSERT|UPDATE|DELETE)\\s"))
            << file.name;
        EXPECT_FALSE(holds(file.sql, "CREATE OR REPLACE")) << file.name << ": everything is defined once";
    }
}

TEST(SchemaFiles, EveryDefinitionStandsOnce) {
    std::map<std::string, std::string> file_of;
    for (const Definitions &file : embedded_schema().definitions) {
        for (const auto &[kind, pattern] :
             {std::pair("function ", "CREATE (?:FUNCTION|PROCEDURE|AGGREGATE) (\\w+)"),
              std::pair("view ", "CREATE VIEW (\\w+)"),
              std::pair("trigger ", "CREATE TRIGGER (\\w+)[^;]*? ON (\\w+)"),
              std::pair("policy ", "CREATE POLICY (\\w+) ON (\\w+)")}) {
            for (const std::string &name : names_of(file.sql, pattern)) {
                const auto [known, is_new] = file_of.emplace(kind + name, file.name);
                EXPECT_TRUE(is_new) << kind << name << " is in " << known->second << " and in " << file.name;
            }
        }
    }
    EXPECT_GT(file_of.size(), 100U);
}

TEST(SchemaFiles, MigrationsAfterTheFirstReleaseDoNotStopARunningPlatform) {
    for (const Migration &migration : embedded_schema().migrations) {
        if (migration.number() > last_of_the_first_release) {
            EXPECT_THAT(problems_of_later(migration), IsEmpty());
        }
    }
}

TEST(SchemaFiles, WhatWouldStopARunningPlatformIsFound) {
    const auto count = [](const std::string &sql) {
        return problems_of_later({"0100_later", "", sql}).size();
    };
    EXPECT_EQ(count("ALTER TABLE bookings ADD COLUMN colour text;\nCREATE TABLE a (b int);\nCREATE INDEX c "
                    "ON a (b);"),
              0U);
    EXPECT_EQ(count("CREATE INDEX c ON bookings (id);"), 1U);
    EXPECT_EQ(count("UPDATE bookings SET message = '';"), 1U);
    EXPECT_EQ(count("SELECT analytics_rebuild(id) FROM tenants;"), 1U);
    EXPECT_EQ(count("-- concurrently\nCREATE INDEX CONCURRENTLY c ON bookings (id);\n"), 0U);
    EXPECT_EQ(count("-- concurrently\nCREATE INDEX c ON bookings (id);"), 1U);
    EXPECT_EQ(count("-- concurrently\nCREATE INDEX CONCURRENTLY c ON bookings (id); DROP INDEX d;"), 1U);
}

TEST(SchemaFiles, NoConstraintDefaultOrIndexUsesAFunctionOfOurs) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    EXPECT_THAT(owner.column("SELECT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend d"
                             " JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid"
                             " WHERE p.pronamespace = 'public'::regnamespace AND d.classid NOT IN"
                             " ('pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_rewrite'::regclass,"
                             " 'pg_proc'::regclass)"),
                IsEmpty());
}

// Any login may take one, and so hold whatever waits for it. The code is held to it by tests/architecture.
TEST(SchemaFiles, NothingTakesAnAdvisoryLock) {
    for (const Definitions &file : embedded_schema().definitions) {
        EXPECT_FALSE(holds(file.sql, "advisory_(xact_)?(lock|unlock)")) << file.name;
    }
}

TEST(SchemaFiles, EveryJobHasItsRowToLock) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    const auto names = owner.column("SELECT DISTINCT m[1] FROM pg_proc, regexp_matches(prosrc,"
                                    " $r$job_locks WHERE name = '(\\w+)'$r$, 'g') m"
                                    " WHERE pronamespace = 'public'::regnamespace");
    EXPECT_GE(names.size(), 4U);
    const auto rows = owner.column("SELECT name FROM job_locks");
    EXPECT_THAT(rows, testing::IsSupersetOf(names));
}

// The migrator does not check bodies, so that a function may name one that follows.
TEST(SchemaFiles, TheBodyOfEveryFunctionIsValid) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    ASSERT_EQ(owner.done("SET check_function_bodies = on").message, "");
    for (const std::string &text :
         owner.column("SELECT pg_get_functiondef(oid) FROM pg_proc"
                      " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'")) {
        EXPECT_EQ(owner.done(text).message, "") << text.substr(0, 100);
    }
}

} // namespace

} // namespace studio::db
