// SPDX-License-Identifier: Apache-2.0
#include "db/stores/account_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
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
    NewAccount companion() const { return {"Carla", models::Role::Companion, database.tenant_id(), true}; }

    const TestDatabase database{TestDatabase::Tenants::Two};
    Session session{database.operator_url()};
    AccountStore accounts{session};
};

TEST_F(Accounts, AddedAccountSignsInAndIsWhatItWasMade) {
    const NewLogin made = accounts.add(companion());
    const Identity identity = session_of(made.login, made.password).identity();
    EXPECT_EQ(identity.login, made.login);
    EXPECT_EQ(identity.display_name, "Carla");
    EXPECT_EQ(identity.role, models::Role::Companion);
    EXPECT_EQ(identity.tenant_id, database.tenant_id());
    EXPECT_TRUE(identity.may_edit);
    EXPECT_EQ(Sql(database.superuser_url())
                  .value("SELECT rolpassword LIKE 'SCRAM-SHA-256$4096:%' FROM pg_authid"
                         " WHERE rolname = '" +
                         made.login + "'"),
              "t");
}

TEST_F(Accounts, LoginsAreRandomSoThatTwoPeopleOfOneNameGetTwo) {
    const NewLogin first = accounts.add(companion()), second = accounts.add(companion());
    EXPECT_NE(first.login, second.login);
    for (const NewLogin &made : {first, second, accounts.add_renderer()}) {
        EXPECT_THAT(made.login, testing::MatchesRegex("u[a-z2-7]{12}"));
    }
}

TEST_F(Accounts, NamesHaveAHundredCharactersAsPeopleCountThem) {
    std::string name; // each character of four code points, as Unicode allows and Zalgo text has them
    for (int character = 0; character < 100; ++character) {
        name += "x\u0301\u0302\u0303";
    }
    TenantStore tenants(session);
    const auto tenant = tenants.create({"hundred", name, test_support::valid_documents(name)});
    EXPECT_EQ(tenants.find(tenant.id)->name, name);
    const NewLogin made = accounts.add({name, models::Role::Companion, tenant.id, true});
    EXPECT_EQ(session_of(made.login, made.password).identity().display_name, name);
    const NewAccount longer{name + "x", models::Role::Companion, tenant.id, true};
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.rename(tenant.id, longer.display_name),
                    HasSubstr("at most 100"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.add(longer), HasSubstr("at most 100"));
    EXPECT_EQ(
        Sql(database.owner_url())
            .value("SELECT string_agg(character_maximum_length::text, ' ' ORDER BY table_name, column_name) "
                   "FROM information_schema.columns WHERE (table_name, column_name) IN (('ab_tests', "
                   "'name'), ('ab_tests', 'description'), ('social_media_metrics', 'platform'))"),
        "4000 400 200")
        << "the same of an A/B test and of a platform";
}

// Every login of a server can read the catalogue: what stands there of others is what it learns of them.
TEST_F(Accounts, NoViewOfTheCatalogueTellsACompanionWhoElseIsThere) {
    const std::string other = "Marielle Verhoeven";
    TenantStore tenants(session);
    const auto tenant = tenants.create({"marielle", other, test_support::valid_documents(other)});
    const NewLogin made = accounts.add({other, models::Role::Companion, tenant.id, true});
    Session signed_in = session_of(made.login, made.password);
    ASSERT_EQ(signed_in.identity().display_name, other);

    // Not spelled in one piece: a session sees its own statement in pg_stat_activity.
    const std::string tells = " seen WHERE seen::text ~* ('mariel' || 'le|verho' || 'even')";
    EXPECT_EQ(Sql(database.operator_url()).tried("SELECT FROM accounts" + tells).rows, 1U);
    Sql companion_sql(database.companion_url());
    const auto views = companion_sql.column("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c"
                                            " JOIN pg_namespace n ON n.oid = c.relnamespace"
                                            " WHERE c.relkind IN ('r', 'v', 'm', 'p')"
                                            " AND has_table_privilege(c.oid, 'SELECT')");
    ASSERT_GT(views.size(), 150U);
    for (const auto &view : views) {
        const auto found = companion_sql.tried("SELECT FROM " + view + tells);
        EXPECT_EQ(found.rows, 0U) << view;
        EXPECT_TRUE(found.message.empty() || found.denied()) << view << ": " << found.message;
    }
}

TEST_F(Accounts, WhatCannotBeKeptIsNotMade) {
    const auto before = accounts.list().size();
    const auto refuse = [](const NewLogin &) { throw std::runtime_error("no room"); };
    EXPECT_THROW(accounts.add(companion(), refuse), std::runtime_error);
    EXPECT_EQ(accounts.list().size(), before);
    const NewLogin made = accounts.add(companion());
    EXPECT_THROW(accounts.reset_password(made.login, refuse), std::runtime_error);
    EXPECT_EQ(session_of(made.login, made.password).identity().login, made.login);
}

TEST_F(Accounts, AnAccountThatDoesNotFitItsRoleIsRefused) {
    NewAccount staff_with_tenant = companion();
    staff_with_tenant.role = models::Role::Staff;
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.add(staff_with_tenant), testing::_);
    NewAccount nameless = companion();
    nameless.display_name = " ";
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.add(nameless), testing::_);
}

TEST_F(Accounts, ADisabledAccountsNextActionSaysSoAndWritesNothing) {
    const NewLogin made = accounts.add(companion());
    Session carla = session_of(made.login, made.password);
    ASSERT_EQ(RevisionStore(carla).list(database.tenant_id()).size(), 1U);
    accounts.disable(made.login);
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    RevisionStore(carla).save(database.tenant_id(), 1, test_support::valid_documents("Ada"),
                                              "", "6f1c2c7e-0000-4000-8000-000000000001"),
                    HasSubstr("disabled"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, carla.identity(), HasSubstr("disabled"));
    EXPECT_EQ(RevisionStore(session).list(database.tenant_id()).size(), 1U);
    accounts.enable(made.login);
    EXPECT_EQ(carla.identity().login, made.login);
}

TEST_F(Accounts, IdentityOfADisabledAccountIsForbiddenWhereItsSessionCouldNotBeEnded) {
    const NewLogin made = accounts.add(companion());
    Session carla = session_of(made.login, made.password);
    carla.identity();
    ASSERT_EQ(
        Sql(database.operator_url()).done("SELECT account_set_disabled('" + made.login + "', true)").message,
        "");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, carla.identity(), HasSubstr("disabled"));
    EXPECT_TRUE(TenantStore(carla).list().empty());
}

TEST_F(Accounts, TheLastOperatorCannotBeDisabled) {
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.disable(database.login("operator")),
                    HasSubstr("last operator"));
    EXPECT_DB_ERROR(ErrorKind::NotFound, accounts.disable("nobody"), HasSubstr("no account"));
}

TEST_F(Accounts, AResetPasswordReplacesTheOldOne) {
    const NewLogin made = accounts.add(companion());
    const std::string new_password = accounts.reset_password(made.login);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, session_of(made.login, made.password).identity(),
                    HasSubstr("password is wrong"));
    EXPECT_EQ(session_of(made.login, new_password).identity().login, made.login);
    EXPECT_DB_ERROR(ErrorKind::NotFound, accounts.reset_password("studio_owner"), HasSubstr("no account"));
}

TEST_F(Accounts, OnlyAnOperatorManagesAccounts) {
    Session companion_session(database.companion_url());
    Session staff(database.staff_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AccountStore(companion_session).add(companion()),
                    HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AccountStore(staff).disable(database.login("ada")),
                    HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    AccountStore(companion_session).reset_password(database.login("operator")),
                    HasSubstr("not allowed"));
    EXPECT_EQ(AccountStore(companion_session).list().size(), 1U);
}

TEST_F(Accounts, MayEditIsGivenAndTaken) {
    Session bea(database.other_companion_url());
    accounts.set_may_edit(database.login("bea"), true);
    EXPECT_TRUE(bea.identity().may_edit);
    accounts.set_may_edit(database.login("bea"), false);
    EXPECT_FALSE(bea.identity().may_edit);
    EXPECT_DB_ERROR(ErrorKind::Invalid, accounts.set_may_edit(database.login("staff"), true), testing::_);
}

TEST_F(Accounts, ALoginWithoutAnyRoleIsForbidden) {
    EXPECT_DB_ERROR(ErrorKind::Forbidden, Session(database.anonymous_url()).identity(),
                    HasSubstr("not allowed"));
}

} // namespace

} // namespace studio::db
