// SPDX-License-Identifier: Apache-2.0
#include "db/account_store.h"
#include "db/revision_store.h"
#include "db/tenant_store.h"
#include "tests/db/expect_error.h"
#include "tests/db/sql.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

namespace studio::db {

namespace {

using test_support::TestDatabase;
using test_support::TestServer;
using testing::HasSubstr;

class Accounts : public testing::Test {
protected:
    Session session_of(const std::string &login, const std::string &password) const {
        return Session(TestServer::instance().url(login, password, database.name()));
    }
    Account companion(const std::string &login) const {
        return {login, "Carla", models::Role::Companion, database.tenant_id(), true, false, {}};
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    Session session{database.operator_url()};
    AccountStore accounts{session};
};

TEST_F(Accounts, AddedAccountSignsInAndIsWhatItWasMade) {
    const std::string password = accounts.add(companion("carla_one"));
    const Identity identity = session_of("carla_one", password).identity();
    EXPECT_EQ(identity.login, "carla_one");
    EXPECT_EQ(identity.display_name, "Carla");
    EXPECT_EQ(identity.role, models::Role::Companion);
    EXPECT_EQ(identity.tenant_id, database.tenant_id());
    EXPECT_TRUE(identity.may_edit);
    EXPECT_EQ(Sql(database.superuser_url())
                  .value("SELECT rolpassword LIKE 'SCRAM-SHA-256$4096:%' FROM pg_authid"
                         " WHERE rolname = 'carla_one'"),
              "t");
}

TEST_F(Accounts, ATakenLoginIsAConflictAndNothingIsHalfMade) {
    accounts.add(companion("carla_two"));
    EXPECT_DB_ERROR(ErrorKind::Conflict, accounts.add(companion("carla_two")), HasSubstr("taken"));
    // A role of another database in the same cluster is never taken over.
    EXPECT_DB_ERROR(ErrorKind::Conflict, accounts.add(companion("renderer")), HasSubstr("taken"));
    const auto list = accounts.list();
    EXPECT_TRUE(
        std::none_of(list.begin(), list.end(), [](const Account &one) { return one.login == "renderer"; }));
}

TEST_F(Accounts, OddLoginsAndRolesAreRefused) {
    for (const std::string login :
         {"postgres", "studio_owner", "pg_read", "Carla", "x", "a b", "", "x\"; DROP ROLE staff"})
        EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.add(companion(login)), HasSubstr("login name"));
    Account staff_with_tenant = companion("carla_three");
    staff_with_tenant.role = models::Role::Staff;
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.add(staff_with_tenant), testing::_);
}

TEST_F(Accounts, ADisabledAccountsNextActionSaysSoAndWritesNothing) {
    const std::string password = accounts.add(companion("carla_four"));
    Session carla = session_of("carla_four", password);
    ASSERT_EQ(RevisionStore(carla).list(database.tenant_id()).size(), 1U);
    accounts.disable("carla_four");
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    RevisionStore(carla).save(database.tenant_id(), 1, test_support::valid_documents("Ada"),
                                              "", "6f1c2c7e-0000-4000-8000-000000000001"),
                    HasSubstr("disabled"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, carla.identity(), HasSubstr("disabled"));
    EXPECT_EQ(RevisionStore(session).list(database.tenant_id()).size(), 1U);
    accounts.enable("carla_four");
    EXPECT_EQ(carla.identity().login, "carla_four");
}

TEST_F(Accounts, IdentityOfADisabledAccountIsForbiddenWhereItsSessionCouldNotBeEnded) {
    const std::string password = accounts.add(companion("carla_five"));
    Session carla = session_of("carla_five", password);
    carla.identity();
    ASSERT_EQ(Sql(database.operator_url()).done("SELECT account_set_disabled('carla_five', true)").message,
              "");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, carla.identity(), HasSubstr("disabled"));
    EXPECT_TRUE(TenantStore(carla).list().empty());
}

TEST_F(Accounts, TheLastOperatorCannotBeDisabled) {
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.disable("operator"), HasSubstr("last operator"));
    EXPECT_DB_ERROR(ErrorKind::NotFound, accounts.disable("nobody"), HasSubstr("no account"));
}

TEST_F(Accounts, AResetPasswordReplacesTheOldOne) {
    const std::string old_password = accounts.add(companion("carla_six"));
    const std::string new_password = accounts.reset_password("carla_six");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, session_of("carla_six", old_password).identity(),
                    HasSubstr("password is wrong"));
    EXPECT_EQ(session_of("carla_six", new_password).identity().login, "carla_six");
    EXPECT_DB_ERROR(ErrorKind::NotFound, accounts.reset_password("studio_owner"), HasSubstr("no account"));
}

TEST_F(Accounts, OnlyAnOperatorManagesAccounts) {
    Session companion_session(database.companion_url());
    Session staff(database.staff_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AccountStore(companion_session).add(companion("carla_seven")),
                    HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AccountStore(staff).disable("ada"), HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AccountStore(companion_session).reset_password("operator"),
                    HasSubstr("not allowed"));
    EXPECT_EQ(AccountStore(companion_session).list().size(), 1U);
}

TEST_F(Accounts, MayEditIsGivenAndTaken) {
    Session bea(database.other_companion_url());
    accounts.set_may_edit("bea", true);
    EXPECT_TRUE(bea.identity().may_edit);
    accounts.set_may_edit("bea", false);
    EXPECT_FALSE(bea.identity().may_edit);
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.set_may_edit("staff", true), testing::_);
}

TEST_F(Accounts, ALoginWithoutAnyRoleIsForbidden) {
    EXPECT_DB_ERROR(ErrorKind::Forbidden, Session(database.anonymous_url()).identity(),
                    HasSubstr("not allowed"));
}

} // namespace

} // namespace studio::db
