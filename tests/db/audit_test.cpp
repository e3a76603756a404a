// SPDX-License-Identifier: Apache-2.0
#include "db/account_store.h"
#include "db/revision_store.h"
#include "db/tenant_store.h"
#include "tests/db/expect_error.h"
#include "tests/db/sample_rows.h"
#include "tests/db/sql.h"

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;
using testing::Not;

class Audit : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    const std::string ada = database.tenant_id();
    Session session{database.operator_url()};
};

TEST_F(Audit, AChangeByAPersonTellsWhoWhatAndFromWhatToWhat) {
    TenantStore(session).rename(ada, "Ada Lark");
    const AuditEntry entry = AuditStore(session).list(ada, 1).at(0);
    EXPECT_EQ(entry.login, database.login("operator"));
    EXPECT_EQ(entry.name, "Olivia Operator");
    EXPECT_EQ(entry.action, "update");
    EXPECT_EQ(entry.table, "tenants");
    EXPECT_EQ(entry.row_id, ada);
    EXPECT_EQ(entry.tenant_id, ada);
    EXPECT_EQ(entry.changes, models::Json::parse(R"({"name": ["Ada", "Ada Lark"]})"));
    EXPECT_GT(entry.at.time_since_epoch().count(), 0);
}

TEST_F(Audit, AChangeThatIsTakenBackLeavesNoEntry) {
    const auto before = AuditStore(session).list(std::nullopt, 1000).size();
    Sql login(database.operator_url());
    EXPECT_EQ(login.tried("UPDATE tenants SET name = 'X'").rows, 2U);
    EXPECT_EQ(AuditStore(session).list(std::nullopt, 1000).size(), before);
}

TEST_F(Audit, NoSecretAndNoDocumentIsCopied) {
    const auto link = ShareLinkStore(session).create(ada, std::chrono::hours(1));
    RevisionStore(session).save(ada, 1, test_support::valid_documents("Ada"), "a note",
                                "6f1c2c7e-0000-4000-8000-000000000001");
    AccountStore(session).add({"Audited", models::Role::Staff, {}, false});
    test_support::go_live(session, ada);
    const std::string everything =
        Sql(database.owner_url()).value("SELECT string_agg(audit_log::text, '') FROM audit_log");
    EXPECT_THAT(everything, HasSubstr("a note"));
    EXPECT_THAT(everything, HasSubstr("published_revision"));
    EXPECT_THAT(everything, Not(HasSubstr("Good company in Sydney")));
    EXPECT_THAT(everything, Not(HasSubstr("#8b4789")));
    EXPECT_THAT(everything, Not(HasSubstr(link.token)));
    EXPECT_THAT(everything, Not(HasSubstr("token_hash")));
    EXPECT_THAT(everything, Not(HasSubstr("SCRAM")));
}

TEST_F(Audit, WhatVisitorsSendIsNoChangeByAPersonButItsModerationIs) {
    add_sample_rows(database);
    const std::string count =
        "SELECT count(*) FROM audit_log WHERE table_name IN ('bookings', 'sessions', 'events')";
    Sql owner(database.owner_url());
    EXPECT_EQ(owner.value(count), "0");
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("UPDATE bookings SET status = 'accepted'").rows, 2U);
    EXPECT_EQ(owner.value(count), "2");
    EXPECT_EQ(AuditStore(session).list(ada, 1).at(0).name, "Sam Staff");
    EXPECT_THAT(
        owner.value("SELECT string_agg(changes::text, '') FROM audit_log WHERE table_name = 'bookings'"),
        Not(HasSubstr("client@example.com")));
}

TEST_F(Audit, TheLogCanBeReadByOperatorsOnlyAndWrittenByNobody) {
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AuditStore(companion).list(ada, 10), HasSubstr("not allowed"));
    Sql login(database.operator_url());
    EXPECT_TRUE(login.tried("DELETE FROM audit_log").denied());
    EXPECT_TRUE(login.tried("UPDATE audit_log SET login = 'staff'").denied());
    EXPECT_TRUE(login.tried("INSERT INTO audit_log (action, table_name, row_id) VALUES ('insert', 'x', '1')")
                    .denied());
}

} // namespace

} // namespace studio::db
