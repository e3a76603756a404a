// SPDX-License-Identifier: Apache-2.0
#include "db/provision/migrator.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <algorithm>
#include <future>

namespace studio::db {

namespace {

using test_support::EmptyDatabase;
using test_support::TestServer;
using testing::HasSubstr;

std::size_t applied_now(const AppliedSchema &schema) {
    return static_cast<std::size_t>(std::count_if(schema.migrations.begin(), schema.migrations.end(),
                                                  [](const auto &one) { return one.applied_now; }));
}

std::size_t migration_count() {
    return embedded_schema().migrations.size();
}

Schema schema_of(std::vector<Migration> migrations, std::vector<Definitions> definitions) {
    return {std::move(migrations), std::move(definitions), embedded_schema().program_version};
}

// Some of the tables, and nothing that is defined on them.
Schema first_migrations(std::size_t count) {
    auto migrations = embedded_schema().migrations;
    migrations.resize(count);
    return schema_of(std::move(migrations), {});
}

// One table and what the tests below define on it.
Schema small_schema(std::vector<Definitions> definitions) {
    return schema_of(
        {embedded_schema().migrations.front(), {"0002_things", "t", "CREATE TABLE things (id int)"}},
        std::move(definitions));
}

const Definitions number_of_things{
    "numbers", "n1",
    "CREATE FUNCTION number_of_things() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM things'"};
const Definitions shown_things{
    "shown", "s1",
    "CREATE VIEW shown_things AS SELECT id, number_of_things() AS number FROM things;"
    "GRANT SELECT ON shown_things TO studio_staff"};

std::string exists(Sql &sql, const std::string &object) {
    return sql.value(
        "SELECT count(*) FROM (SELECT proname FROM pg_proc UNION ALL SELECT relname FROM pg_class"
        " UNION ALL SELECT tgname FROM pg_trigger UNION ALL SELECT polname FROM pg_policy) o (name)"
        " WHERE name = '" +
        object + "'");
}

TEST(Migrator, ACleanDatabaseGetsEveryMigrationOnce) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    const AppliedSchema first = migrate(owner);
    EXPECT_EQ(applied_now(first), migration_count());
    EXPECT_TRUE(first.definitions_applied_now);
    const AppliedSchema second = migrate(owner);
    EXPECT_EQ(applied_now(second), 0U);
    EXPECT_EQ(second.migrations.size(), migration_count());
    EXPECT_FALSE(second.definitions_applied_now);
}

TEST(Migrator, NumbersAscend) {
    int before = 0;
    for (const Migration &migration : embedded_schema().migrations) {
        EXPECT_GT(migration.number(), before) << migration.name;
        before = migration.number();
    }
}

TEST(Migrator, TwoAtOnceApplyEachMigrationOnce) {
    const EmptyDatabase database;
    const auto run = [&] {
        Session owner(database.owner_url());
        return applied_now(migrate(owner));
    };
    auto first = std::async(std::launch::async, run);
    auto second = std::async(std::launch::async, run);
    EXPECT_EQ(first.get() + second.get(), migration_count());
}

TEST(Migrator, TwoDatabasesOfOneClusterCanBeMigratedAtOnce) {
    const EmptyDatabase one;
    const EmptyDatabase other;
    const auto run = [](const std::string &url) {
        Session owner(url);
        return applied_now(migrate(owner));
    };
    auto first = std::async(std::launch::async, run, one.owner_url());
    auto second = std::async(std::launch::async, run, other.owner_url());
    EXPECT_EQ(first.get(), migration_count());
    EXPECT_EQ(second.get(), migration_count());
}

TEST(Migrator, AMigrationThatWasEditedAfterItWasAppliedIsRefused) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    Schema tampered = embedded_schema();
    tampered.migrations[2].sql += "\n-- one more line";
    tampered.migrations[2].checksum = "0000";
    EXPECT_DB_ERROR(ErrorKind::Conflict, migrate(owner, tampered), HasSubstr(tampered.migrations[2].name));
}

TEST(Migrator, ADatabaseThatIsNewerThanTheProgramIsRefused) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    Schema older = embedded_schema();
    older.migrations.pop_back();
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner, older), HasSubstr("newer than this program"));
}

TEST(Migrator, DefinitionsOfALaterProgramAreNotReplacedByThoseOfAnEarlierOne) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    Schema later = small_schema({number_of_things, shown_things});
    later.program_version = 1002003;
    migrate(owner, later);
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner, small_schema({number_of_things})),
                    HasSubstr("newer than this program: it has functions of version 1.2.3"));
    Sql sql(database.owner_url());
    EXPECT_EQ(exists(sql, "shown_things"), "1");
    EXPECT_FALSE(migrate(owner, small_schema({number_of_things, shown_things})).definitions_applied_now)
        << "an earlier program whose definitions are the same works on";
}

TEST(Migrator, AMigrationThatTheProgramDoesNotKnowIsRefusedBeforeAnythingIsChanged) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner, first_migrations(3));
    Sql sql(database.owner_url());
    sql.value("INSERT INTO schema_migrations (number, name, checksum) VALUES (9998, '9998_elsewhere', 'x')"
              " RETURNING number");
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner), HasSubstr("9998_elsewhere"));
    EXPECT_EQ(sql.value("SELECT count(*) FROM schema_migrations"), "4");
}

TEST(Migrator, AChangedFileOfDefinitionsReplacesWhatItDefined) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner, small_schema({number_of_things, shown_things}));
    Sql sql(database.owner_url());
    EXPECT_EQ(sql.value("SELECT number_of_things()"), "0");
    // Another result type: CREATE OR REPLACE would refuse it, and a view depends on it.
    Definitions changed = number_of_things;
    changed.checksum = "n2";
    changed.sql = "CREATE FUNCTION number_of_things() RETURNS text LANGUAGE sql AS $$ SELECT 'none' $$";
    const AppliedSchema applied = migrate(owner, small_schema({changed, shown_things}));
    EXPECT_TRUE(applied.definitions_applied_now);
    EXPECT_EQ(applied_now(applied), 0U);
    EXPECT_EQ(sql.value("SELECT number_of_things()"), "none");
    EXPECT_EQ(exists(sql, "shown_things"), "1");
}

TEST(Migrator, WhatARemovedFileDefinedAndGrantedGoesWithIt) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    const Definitions more{
        "more", "m1",
        "CREATE FUNCTION things_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE TRIGGER things_refused BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION things_refuse();"
        "CREATE POLICY things_read ON things USING (true);"
        "GRANT SELECT (id), DELETE ON things TO studio_staff; GRANT USAGE ON SCHEMA public TO studio_staff"};
    migrate(owner, small_schema({number_of_things, more}));
    Sql sql(database.owner_url());
    for (const char *name : {"things_refuse", "things_refused", "things_read"}) {
        EXPECT_EQ(exists(sql, name), "1") << name;
    }
    EXPECT_EQ(sql.value("SELECT has_column_privilege('studio_staff', 'things', 'id', 'SELECT')"), "t");
    migrate(owner, small_schema({number_of_things}));
    for (const char *name : {"things_refuse", "things_refused", "things_read"}) {
        EXPECT_EQ(exists(sql, name), "0") << name;
    }
    EXPECT_EQ(sql.value("SELECT has_any_column_privilege('studio_staff', 'things', 'SELECT')"), "f");
    EXPECT_EQ(sql.value("SELECT has_table_privilege('studio_staff', 'things', 'DELETE')"), "f");
    EXPECT_EQ(sql.value("SELECT has_schema_privilege('studio_staff', 'public', 'USAGE')"), "f");
    EXPECT_EQ(sql.value("SELECT number_of_things()"), "0");
}

TEST(Migrator, AFailureInTheMiddleOfTheDefinitionsChangesNothing) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner, small_schema({number_of_things, shown_things}));
    Schema broken = small_schema({number_of_things, {"broken", "b1", "SELECT 1 / 0"}});
    broken.migrations.push_back({"0003_more", "m", "CREATE TABLE more (id int)"});
    EXPECT_TRUE(error_of([&] { migrate(owner, broken); }));
    Sql sql(database.owner_url());
    EXPECT_EQ(sql.value("SELECT number_of_things()"), "0");
    EXPECT_EQ(exists(sql, "shown_things"), "1");
    EXPECT_EQ(sql.value("SELECT has_table_privilege('studio_staff', 'shown_things', 'SELECT')"), "t");
    EXPECT_EQ(sql.value("SELECT to_regclass('more') IS NULL"), "t");
    EXPECT_EQ(sql.value("SELECT max(number) FROM schema_migrations"), "2");
    EXPECT_EQ(sql.value("SELECT string_agg(name, ' ' ORDER BY position) FROM schema_definitions"),
              "numbers shown");
}

TEST(Migrator, AMigrationMayChangeAColumnThatAViewShows) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    Schema schema = small_schema({number_of_things, shown_things});
    migrate(owner, schema);
    schema.migrations.push_back({"0003_wider", "w", "ALTER TABLE things ALTER COLUMN id TYPE bigint"});
    const AppliedSchema applied = migrate(owner, schema);
    EXPECT_EQ(applied_now(applied), 1U);
    EXPECT_TRUE(applied.definitions_applied_now);
    Sql sql(database.owner_url());
    EXPECT_EQ(sql.value("SELECT pg_typeof(id) FROM (SELECT) one LEFT JOIN shown_things ON true"), "bigint");
}

TEST(Migrator, AnIndexThatIsBuiltConcurrentlyIsBuiltAgainAfterABuildThatWasCutOff) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    Schema schema = small_schema({number_of_things});
    migrate(owner, schema);
    Sql sql(database.owner_url());
    // Two equal rows make the build of a unique index fail, and leave the index behind.
    ASSERT_EQ(sql.done("INSERT INTO things VALUES (1), (1)").message, "");
    schema.migrations.push_back(
        {"0003_index", "i", "-- concurrently\nCREATE UNIQUE INDEX CONCURRENTLY things_once ON things (id)"});
    EXPECT_TRUE(error_of([&] { migrate(owner, schema); }));
    EXPECT_EQ(sql.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'things_once'::regclass"), "f");
    ASSERT_EQ(sql.done("DELETE FROM things").message, "");
    EXPECT_EQ(applied_now(migrate(owner, schema)), 1U);
    EXPECT_EQ(sql.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'things_once'::regclass"), "t");
    EXPECT_EQ(applied_now(migrate(owner, schema)), 0U);
}

TEST(Migrator, WhatOthersHoldIsWaitedForNotForEver) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner, first_migrations(2));
    Sql rival(database.owner_url());
    for (const char *table : {"schema_migrations", "tenants"}) {
        pqxx::work open(rival.connection());
        open.exec(std::string("LOCK TABLE ") + table + " IN ROW EXCLUSIVE MODE");
        EXPECT_DB_ERROR(ErrorKind::Conflict, migrate(owner, embedded_schema(), std::chrono::seconds(1)),
                        HasSubstr("try again"));
    }
    EXPECT_EQ(applied_now(migrate(owner)), migration_count() - 2);
}

TEST(Migrator, ADatabaseThatIsUpToDateIsOpenedWhileOthersHoldItsTables) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    Sql rival(database.owner_url());
    pqxx::work open(rival.connection());
    open.exec("LOCK TABLE tenants, schema_migrations IN ROW EXCLUSIVE MODE");
    EXPECT_EQ(applied_now(migrate(owner, embedded_schema(), std::chrono::seconds(0))), 0U);
}

TEST(Migrator, AMigrationThatFailsLeavesNothingOfItselfBehind) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    Schema broken = embedded_schema();
    broken.migrations.push_back({"0999_broken", "1234", "CREATE TABLE half (id int); SELECT 1 / 0;"});
    EXPECT_TRUE(error_of([&] { migrate(owner, broken); }));
    Sql sql(database.owner_url());
    EXPECT_EQ(sql.value("SELECT to_regclass('half') IS NULL"), "t");
    EXPECT_EQ(sql.value("SELECT max(number) FROM schema_migrations"),
              std::to_string(embedded_schema().migrations.back().number()));
}

TEST(Migrator, ADatabaseInAnotherEncodingIsRefused) {
    const EmptyDatabase made_first; // so that the owner exists
    Sql superuser(TestServer::instance().superuser_url());
    pqxx::nontransaction(superuser.connection())
        .exec("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    Session owner(TestServer::instance().superuser_url("latin"));
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner), HasSubstr("LATIN1"));
}

TEST(Migrator, OnlyTheOwnerMayMigrate) {
    const test_support::TestDatabase database;
    Session session(database.operator_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, migrate(session), HasSubstr("not allowed"));
}

TEST(Migrator, PartitionsForEventsExistForAYearAheadAndMoreCanBeMade) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    EXPECT_EQ(owner.value("SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass"), "14");
    EXPECT_EQ(owner.value("SELECT events_make_partitions(now()::date, 15)"), "2");
    EXPECT_EQ(owner.value("SELECT events_make_partitions(now()::date, 15)"), "0");
    EXPECT_EQ(owner.value("SELECT bool_and(relrowsecurity) FROM pg_class WHERE relname LIKE 'events\\_2%' "
                          "AND relkind = 'r'"),
              "t");
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM pg_indexes WHERE tablename LIKE 'events\\_2%' AND indexdef LIKE"
                    " 'CREATE UNIQUE INDEX % USING btree (id)'"),
        "16");
}

} // namespace

} // namespace studio::db
