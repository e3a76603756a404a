// SPDX-License-Identifier: Apache-2.0
#include "tests/db/fixtures/sample_rows.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/schema/security_walk.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

constexpr const char *not_found = R"({"outcome": "not_found"})";

using test_support::TestDatabase;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class SecurityWalk : public testing::Test {
protected:
    SecurityWalk() { add_sample_rows(database); }
    // Something that a careless migration could do.
    void plant(const std::string &statement) {
        ASSERT_EQ(Sql(database.owner_url()).done(statement).message, "");
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
};

TEST_F(SecurityWalk, EveryGrantFollowsTheRules) {
    EXPECT_THAT(grant_violations(database), IsEmpty());
}

TEST_F(SecurityWalk, ACompanionReadsAndWritesNothingOfAnother) {
    EXPECT_THAT(companion_violations(database), IsEmpty());
}

TEST_F(SecurityWalk, StaffReadAndChangeBookingsOnly) {
    EXPECT_THAT(staff_violations(database), IsEmpty());
}

TEST_F(SecurityWalk, TheRendererAddsButNeverReadsBack) {
    EXPECT_THAT(renderer_violations(database), IsEmpty());
}

TEST_F(SecurityWalk, ALoginWithoutARoleReachesNothing) {
    EXPECT_THAT(anonymous_violations(database), IsEmpty());
}

TEST_F(SecurityWalk, APlantedTableWithoutPolicyIsCaught) {
    plant("CREATE TABLE planted (id int, tenant_id uuid)");
    plant("INSERT INTO planted VALUES (1, '" + database.other_tenant_id().text() + "')");
    plant("GRANT SELECT, INSERT, UPDATE, DELETE ON planted TO studio_companion");
    const auto grants = grant_violations(database);
    EXPECT_THAT(grants, Contains("planted has no row-level security"));
    const auto attempts = companion_violations(database);
    EXPECT_THAT(attempts, Contains("reading planted gave 1 rows instead of 0"));
    EXPECT_THAT(attempts, Contains(HasSubstr("update of planted")));
    EXPECT_THAT(attempts, Contains(HasSubstr("delete from planted")));
    EXPECT_THAT(attempts, Contains(HasSubstr("insert into planted")));
}

TEST_F(SecurityWalk, APlantedPolicyThatLetsEverythingThroughIsCaught) {
    plant("CREATE POLICY careless ON revisions FOR ALL TO studio_companion USING (true)");
    const auto attempts = companion_violations(database);
    EXPECT_THAT(attempts, Contains(HasSubstr("reading revisions gave 2 rows")));
    EXPECT_THAT(attempts, Contains(HasSubstr("insert into revisions was not denied")));
}

TEST_F(SecurityWalk, APlantedViewFunctionAndSequenceAreCaught) {
    plant("CREATE VIEW planted_view AS SELECT * FROM bookings");
    plant("GRANT SELECT ON planted_view TO studio_companion");
    plant("CREATE FUNCTION planted_function() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
          " AS 'SELECT count(*) FROM bookings'");
    plant("GRANT EXECUTE ON FUNCTION planted_function() TO PUBLIC");
    plant("CREATE FUNCTION planted_reader(tenant uuid) RETURNS SETOF bookings LANGUAGE sql SECURITY DEFINER"
          " SET search_path = pg_catalog, public AS 'SELECT * FROM bookings WHERE tenant_id = tenant'");
    plant("GRANT EXECUTE ON FUNCTION planted_reader(uuid) TO studio_companion");
    plant("CREATE SEQUENCE planted_sequence");
    plant("GRANT USAGE, SELECT ON SEQUENCE planted_sequence TO studio_companion");
    plant("GRANT DELETE ON audit_log TO studio_operator");
    plant("GRANT INSERT ON share_links TO studio_companion");
    const auto grants = grant_violations(database);
    EXPECT_THAT(grants, Contains("the view planted_view reads with its owner's rights"));
    EXPECT_THAT(grants, Contains("everybody may call the function planted_function"));
    EXPECT_THAT(grants, Contains("the definer function planted_function does not set its search_path"));
    EXPECT_THAT(
        grants,
        Contains("the definer function planted_reader, which persons may call, does not ask who calls"));
    EXPECT_THAT(grants, Contains(HasSubstr("on planted_sequence, which is reached by nobody directly")));
    EXPECT_THAT(
        grants,
        Contains("studio_companion may write whole rows of share_links, and so may lock the whole table"));
    EXPECT_THAT(grants, Contains("studio_operator may change or delete what is written in audit_log"));
    EXPECT_THAT(companion_violations(database), Contains(HasSubstr("gave what is another's")))
        << "planted_reader, asked for the other tenant";
    EXPECT_THAT(companion_violations(database), Contains("reading planted_view gave 2 rows instead of 1"));
}

TEST_F(SecurityWalk, ADisabledAccountThatIsStillConnectedReadsAndWritesNothing) {
    Sql companion(database.companion_url());
    Sql staff(database.staff_url());
    EXPECT_EQ(companion.tried("SELECT 1 FROM tenants").rows, 1U);
    EXPECT_EQ(staff.tried("SELECT 1 FROM bookings").rows, 2U);
    const std::string booking = staff.value("SELECT id FROM bookings LIMIT 1");
    plant("UPDATE accounts SET disabled = true WHERE login IN ('" + database.login("ada") + "', '" +
          database.login("staff") + "')");
    for (const std::string table : {"tenants", "revisions", "bookings", "accounts", "platform_settings"}) {
        EXPECT_EQ(companion.tried("SELECT 1 FROM " + table).rows, 0U) << table;
        EXPECT_EQ(staff.tried("SELECT 1 FROM " + table).rows, 0U) << table;
    }
    EXPECT_EQ(staff.value("SELECT booking_act('" + booking + "', NULL, 'decline')"), not_found);
    EXPECT_EQ(companion.tried("DELETE FROM share_links").rows, 0U);
}

TEST_F(SecurityWalk, ALoginThatLostItsGroupIsNoLongerWhatItsAccountSays) {
    Sql superuser(database.superuser_url());
    Sql companion(database.companion_url());
    ASSERT_EQ(superuser.done("GRANT studio_staff TO " + database.login("ada")).message, "");
    const std::string booking = superuser.value("SELECT id FROM bookings WHERE tenant_id = '" +
                                                database.other_tenant_id().text() + "'");
    EXPECT_EQ(companion.tried("SELECT 1 FROM bookings").rows, 1U) << "a second group gives no second role";
    EXPECT_EQ(companion.value("SELECT booking_act('" + booking + "', NULL, 'decline')"), not_found)
        << "a booking of another companion";
    ASSERT_EQ(superuser.done("REVOKE studio_staff FROM " + database.login("ada")).message, "");
}

} // namespace

} // namespace studio::db
