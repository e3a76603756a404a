// SPDX-License-Identifier: Apache-2.0
#include "db/stores/tenant_store.h"
#include "models/tenant/hostname.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;

class Constraints : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    Session session{database.operator_url()};
    TenantStore tenants{session};
    Sql owner{database.owner_url()};
};

TEST_F(Constraints, TheDatabaseAndTheProgramsAgreeOnSubdomains) {
    for (const std::string label : {"claire",
                                    "a",
                                    "x1",
                                    "a-b",
                                    "claire--2",
                                    "preview",
                                    "preview-claire",
                                    "previews",
                                    "www",
                                    "api",
                                    "admin",
                                    "administrator",
                                    "app",
                                    "assets",
                                    "static",
                                    "media",
                                    "cdn",
                                    "mail",
                                    "email",
                                    "smtp",
                                    "imap",
                                    "ftp",
                                    "ns1",
                                    "ns2",
                                    "status",
                                    "support",
                                    "help",
                                    "blog",
                                    "docs",
                                    "dev",
                                    "test",
                                    "staging",
                                    "platform",
                                    "companionconnect",
                                    "dashboard",
                                    "login",
                                    "account",
                                    "accounts",
                                    "billing",
                                    "metrics",
                                    "health",
                                    "localhost",
                                    "root",
                                    "security",
                                    "studio",
                                    "studios",
                                    "-a",
                                    "a-",
                                    "A",
                                    "a.b",
                                    "a_b",
                                    "",
                                    "a b",
                                    "12345678901234567890123456789012345678901234567890",
                                    "123456789012345678901234567890123456789012345678901"}) {
        const auto outcome =
            owner.tried("INSERT INTO tenants (subdomain, name) VALUES ('" + label + "', 'N')");
        EXPECT_EQ(outcome.sqlstate.empty(), models::Subdomain::parse(label).has_value())
            << "\"" << label << "\"";
    }
}

TEST_F(Constraints, TheDatabaseAndTheProgramsAgreeOnCustomDomains) {
    for (const std::string domain :
         {"clairehamilton.com.au", "claire.vip", "a.co", "xn--bcher-kva.example", "claire", "claire.",
          ".claire.com", "claire..com", "-claire.com", "claire-.com", "Claire.com", "claire.com:8080",
          "https://claire.com", "10.0.0.1", "claire.com/x", "claire com.au", "a_b.com"}) {
        const auto outcome =
            owner.tried("UPDATE tenants SET custom_domain = '" + domain + "' WHERE subdomain = 'ada'");
        EXPECT_EQ(outcome.sqlstate.empty(), models::CustomDomain::parse(domain).has_value()) << domain;
    }
}

TEST_F(Constraints, ATakenSubdomainIsAConflictInWords) {
    EXPECT_DB_ERROR(ErrorKind::Conflict, tenants.create({"ada", "Second Ada", {}}),
                    HasSubstr("Another companion already has that subdomain"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.create({"www", "Web", {}}), HasSubstr("reserved"));
}

TEST_F(Constraints, OneDomainBelongsToOneTenantWhateverItsCase) {
    tenants.set_custom_domain(database.tenant_id(), "Ada-Example.com");
    EXPECT_EQ(tenants.find(database.tenant_id())->custom_domain, "ada-example.com");
    EXPECT_DB_ERROR(ErrorKind::Conflict,
                    tenants.set_custom_domain(database.other_tenant_id(), "ADA-example.com"),
                    HasSubstr("Another companion already has that domain"));
    tenants.set_custom_domain(database.tenant_id(), std::nullopt);
    tenants.set_custom_domain(database.other_tenant_id(), "ada-example.com");
}

TEST_F(Constraints, ThePlatformsOwnNamesAreNoCustomDomains) {
    for (const std::string domain : {"companionconnect.app", "ada.companionconnect.app", "ada.localhost"}) {
        EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_custom_domain(database.tenant_id(), domain),
                        testing::_);
    }
    Sql login(database.operator_url());
    ASSERT_EQ(login.done("UPDATE platform_settings SET value = 'example.org' WHERE name = 'platform_domain'")
                  .message,
              "");
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_custom_domain(database.tenant_id(), "ada.example.org"),
                    HasSubstr("belongs to the platform"));
    tenants.set_custom_domain(database.tenant_id(), "ada-example.org");
    EXPECT_THAT(
        login.done("UPDATE platform_settings SET value = 'ada-example.org' WHERE name = 'platform_domain'")
            .message,
        HasSubstr("is at or below it"));
}

TEST_F(Constraints, AnEventOfAnotherTenantsVisitIsRefusedToTheRenderer) {
    Session people(database.operator_url());
    for (const models::TenantId &tenant : {database.tenant_id(), database.other_tenant_id()}) {
        test_support::go_live(people, tenant);
    }
    const std::string ada = "'" + database.tenant_id().text() + "'",
                      bea = "'" + database.other_tenant_id().text() + "'";
    const std::string visit = "'00000000-0000-4000-8000-00000000000b'";
    ASSERT_EQ(owner.done("INSERT INTO sessions (id, tenant_id) VALUES (" + visit + ", " + bea + ")").message,
              "");
    Sql renderer(database.renderer_url());
    const auto insert = [&](const std::string &tenant) {
        return renderer
            .tried("INSERT INTO events (tenant_id, session_id, event_type) VALUES (" + tenant + ", " + visit +
                   ", 'page_view')")
            .sqlstate;
    };
    EXPECT_EQ(insert(bea), "");
    EXPECT_EQ(insert(ada), "42501");
}

TEST_F(Constraints, NoRowPointsIntoAnotherTenant) {
    const std::string ada = "'" + database.tenant_id().text() + "'",
                      bea = "'" + database.other_tenant_id().text() + "'";
    ASSERT_EQ(owner
                  .done("INSERT INTO sessions (id, tenant_id, session_token) VALUES"
                        " ('00000000-0000-4000-8000-00000000000b', " +
                        bea + ", 't')")
                  .message,
              "");
    const std::string session_of_bea = "'00000000-0000-4000-8000-00000000000b'";
    for (const std::string &statement : std::vector<std::string>{
             "INSERT INTO bookings (tenant_id, session_id, client_name, client_email) VALUES (" + ada + ", " +
                 session_of_bea + ", 'N', 'n@example.com')",
             "WITH test AS (INSERT INTO ab_tests (tenant_id, name, variants) VALUES (" + ada +
                 ", 'T', '[]') RETURNING id)"
                 " INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id) SELECT " +
                 ada + ", " + session_of_bea + ", id, 'v' FROM test",
             "UPDATE tenants SET published_revision = 2 WHERE id = " + ada}) {
        EXPECT_FALSE(owner.tried(statement).sqlstate.empty()) << statement;
    }
}

TEST_F(Constraints, AnAddressThatIsNotMaskedIsRefused) {
    const std::string ada = "'" + database.tenant_id().text() + "'";
    const auto insert = [&](const std::string &address) {
        return owner
            .tried("INSERT INTO sessions (tenant_id, session_token, consented, ip_address) VALUES (" + ada +
                   ", 't', true, '" + address + "')")
            .sqlstate;
    };
    EXPECT_EQ(insert("203.0.113.0"), "");
    EXPECT_EQ(insert("2001:db8:1::"), "");
    EXPECT_EQ(insert("203.0.113.77"), "23514");
    EXPECT_EQ(insert("2001:db8:1::7"), "23514");
}

TEST_F(Constraints, UnknownAndMalformedIdsAreNotFound) {
    for (const models::TenantId &id :
         {models::TenantId("no uuid"), models::TenantId("00000000-0000-4000-8000-000000000000")}) {
        EXPECT_EQ(tenants.find(id), std::nullopt);
        EXPECT_DB_ERROR(ErrorKind::NotFound, tenants.rename(id, "N"), HasSubstr("no such companion"));
    }
}

} // namespace

} // namespace studio::db
