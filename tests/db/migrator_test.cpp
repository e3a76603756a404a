// SPDX-License-Identifier: Apache-2.0
#include "db/migrator.h"
#include "tests/db/expect_error.h"
#include "tests/db/sql.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <algorithm>
#include <future>

namespace studio::db {

namespace {

using test_support::EmptyDatabase;
using test_support::TestServer;
using testing::HasSubstr;

std::size_t applied_now(const std::vector<AppliedMigration> &migrations) {
    return static_cast<std::size_t>(
        std::count_if(migrations.begin(), migrations.end(), [](const auto &one) { return one.applied_now; }));
}

TEST(Migrator, ACleanDatabaseGetsEveryMigrationOnce) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    EXPECT_EQ(applied_now(migrate(owner)), embedded_migrations().size());
    EXPECT_EQ(applied_now(migrate(owner)), 0U);
}

// Not without gaps: several are written side by side.
TEST(Migrator, NumbersAscend) {
    int before = 0;
    for (const Migration &migration : embedded_migrations()) {
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
    EXPECT_EQ(first.get() + second.get(), embedded_migrations().size());
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
    EXPECT_EQ(first.get(), embedded_migrations().size());
    EXPECT_EQ(second.get(), embedded_migrations().size());
}

TEST(Migrator, AMigrationThatWasEditedAfterItWasAppliedIsRefused) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    auto tampered = embedded_migrations();
    tampered[2].sql += "\n-- one more line";
    tampered[2].checksum = "0000";
    EXPECT_DB_ERROR(ErrorKind::Conflict, migrate(owner, tampered), HasSubstr(tampered[2].name));
}

TEST(Migrator, ADatabaseThatIsNewerThanTheProgramIsRefused) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    migrate(owner);
    auto older = embedded_migrations();
    older.pop_back();
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner, older), HasSubstr("newer than this program"));
}

// Several are written side by side: an unknown one need not be the last.
TEST(Migrator, AMigrationThatTheProgramDoesNotKnowIsRefusedBeforeAnythingIsChanged) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    auto some = embedded_migrations();
    some.pop_back();
    migrate(owner, some);
    Sql sql(database.owner_url());
    const int gap = 19;
    sql.value("INSERT INTO schema_migrations (number, name, checksum) VALUES (" + std::to_string(gap) +
              ", '0019_elsewhere', 'x') RETURNING number");
    EXPECT_DB_ERROR(ErrorKind::Other, migrate(owner), HasSubstr("0019_elsewhere"));
    EXPECT_EQ(sql.value("SELECT count(*) FROM schema_migrations"), std::to_string(some.size() + 1));
}

TEST(Migrator, WhatOthersHoldIsWaitedForNotForEver) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    auto first = embedded_migrations();
    first.resize(2);
    migrate(owner, first);
    Sql rival(database.owner_url());
    auto open = std::make_unique<pqxx::work>(rival.connection());
    open->exec("SELECT pg_advisory_xact_lock(7310884520114)");
    EXPECT_DB_ERROR(ErrorKind::Conflict, migrate(owner, embedded_migrations(), std::chrono::seconds(1)),
                    HasSubstr("Another program"));
    open = nullptr;
    open = std::make_unique<pqxx::work>(rival.connection());
    open->exec("LOCK TABLE tenants");
    EXPECT_DB_ERROR(ErrorKind::Conflict, migrate(owner, embedded_migrations(), std::chrono::seconds(1)),
                    HasSubstr("try again"));
    open = nullptr;
    EXPECT_EQ(applied_now(migrate(owner)), embedded_migrations().size() - 2);
}

TEST(Migrator, AMigrationThatFailsLeavesNothingOfItselfBehind) {
    const EmptyDatabase database;
    Session owner(database.owner_url());
    auto broken = embedded_migrations();
    broken.push_back({"0999_broken", "1234", "CREATE TABLE half (id int); SELECT 1 / 0;"});
    EXPECT_TRUE(error_of([&] { migrate(owner, broken); }));
    Sql sql(database.owner_url());
    EXPECT_EQ(sql.value("SELECT to_regclass('half') IS NULL"), "t");
    EXPECT_EQ(sql.value("SELECT max(number) FROM schema_migrations"),
              std::to_string(embedded_migrations().back().number()));
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
