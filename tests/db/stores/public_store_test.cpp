// SPDX-License-Identifier: Apache-2.0
#include "db/stores/public_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sample_rows.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"

namespace studio::db {

namespace {

using test_support::TestDatabase;

class Public : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session session{database.operator_url()};
    Session renderer{database.renderer_url()};
    PublicStore pages{renderer};
};

TEST_F(Public, ActiveTenantsComeWithTheirDocumentsInTheOrderOfTheirKeys) {
    test_support::go_live(session, ada);
    const auto active = pages.active();
    ASSERT_EQ(active.size(), 1U);
    EXPECT_EQ(active[0].subdomain, "ada");
    EXPECT_EQ(active[0].name, "Ada");
    EXPECT_EQ(active[0].revision, 1);
    EXPECT_EQ(active[0].documents, test_support::valid_documents("Ada"));
}

TEST_F(Public, OfATenantThatIsNotActiveOnlyItsExistenceIsShown) {
    test_support::go_live(session, ada);
    TenantStore(session).set_custom_domain(ada, "ada-example.com");
    TenantStore(session).set_status(ada, models::TenantStatus::Inactive);
    EXPECT_TRUE(pages.active().empty());
    const auto found = pages.find(ada);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->status, models::TenantStatus::Inactive);
    EXPECT_EQ(found->name, "");
    EXPECT_EQ(found->custom_domain, std::nullopt);
    EXPECT_EQ(found->revision, 0);
    EXPECT_EQ(found->documents, models::Documents());
    EXPECT_EQ(pages.find(models::TenantId("00000000-0000-4000-8000-000000000000")), std::nullopt);
}

TEST_F(Public, ManyTenantsComeThroughTheCursor) {
    Sql owner(database.owner_url());
    ASSERT_EQ(
        owner
            .done("WITH new AS (INSERT INTO tenants (subdomain, name) SELECT 'n' || n, 'N' FROM"
                  " generate_series(1, 120) n RETURNING id), r AS (INSERT INTO revisions (tenant_id, number,"
                  " theme_config, content_config, photos_config) SELECT id, 1, '{\"colors\": {}}',"
                  " '{\"name\": \"N\"}', '{}' FROM new) INSERT INTO identity_verifications (tenant_id,"
                  " document_kind, adult_confirmed) SELECT id, 'passport', true FROM new")
            .message,
        "");
    ASSERT_EQ(
        owner.done("UPDATE tenants SET published_revision = 1, status = 'active' WHERE name = 'N'").message,
        "");
    EXPECT_EQ(pages.active().size(), 120U);
}

TEST_F(Public, ADraftOpensWithItsOwnTokenOnlyAndShowsTheLatestRevision) {
    auto documents = test_support::valid_documents("Ada");
    documents.content["tagline"] = "Not published yet";
    RevisionStore(session).save(ada, 1, documents, "", "6f1c2c7e-0000-4000-8000-000000000001");
    const ShareLink link = ShareLinkStore(session).create(ada, std::chrono::hours(24));
    const auto draft = pages.draft("ada", link.token);
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->documents, documents);
    EXPECT_EQ(draft->revision, 2);
    EXPECT_EQ(draft->name, "Ada");
    EXPECT_FALSE(pages.draft("bea", link.token));
    EXPECT_FALSE(pages.draft("ada", link.token + "x"));
    EXPECT_FALSE(pages.draft("ada", ""));
}

TEST_F(Public, AnExpiredOrRevokedLinkOpensNothing) {
    ShareLinkStore links(session);
    const ShareLink expiring = links.create(ada, std::chrono::hours(1));
    const ShareLink revoked = links.create(ada, std::chrono::hours(1));
    EXPECT_EQ(links.list(ada).size(), 2U);
    links.revoke(revoked.id);
    EXPECT_FALSE(pages.draft("ada", revoked.token));
    EXPECT_TRUE(pages.draft("ada", expiring.token));
    Sql owner(database.owner_url());
    ASSERT_EQ(owner
                  .done("UPDATE share_links SET created_at = now() - interval '2 hours', expires_at = now() "
                        "- interval"
                        " '1 second'")
                  .message,
              "");
    EXPECT_FALSE(pages.draft("ada", expiring.token));
    EXPECT_TRUE(links.list(ada).empty());
    EXPECT_DB_ERROR(ErrorKind::Invalid, links.create(ada, std::chrono::hours(24 * 365)),
                    testing::HasSubstr("90 days"));
}

TEST_F(Public, ATokenIsKeptAsItsHashOnly) {
    const ShareLink link = ShareLinkStore(session).create(ada, std::chrono::hours(1));
    Sql owner(database.owner_url());
    EXPECT_EQ(owner.value("SELECT token_hash = sha256('" + link.token + "'::bytea) FROM share_links"), "t");
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM share_links WHERE share_links::text LIKE '%" + link.token + "%'"),
        "0");
    EXPECT_TRUE(Sql(database.operator_url()).tried("SELECT token_hash FROM share_links").denied());
}

TEST_F(Public, TheRendererAddsABookingForAnActiveTenantOnlyAndCannotChooseItsStatus) {
    test_support::go_live(session, ada);
    Sql login(database.renderer_url());
    const auto insert = [&](const models::TenantId &tenant, const std::string &columns,
                            const std::string &values) {
        return login
            .done("INSERT INTO bookings (tenant_id, client_name, client_email" + columns + ") VALUES ('" +
                  tenant.text() + "', 'N', 'n@example.com'" + values + ")")
            .sqlstate;
    };
    EXPECT_EQ(insert(ada, "", ""), "");
    EXPECT_EQ(insert(database.other_tenant_id(), "", ""), "42501");
    EXPECT_EQ(insert(ada, ", status", ", 'accepted'"), "42501");
    EXPECT_EQ(Sql(database.owner_url()).value("SELECT string_agg(status, ',') FROM bookings"), "pending");
}

TEST_F(Public, TheRendererSeesRunningTestsOfActiveTenantsOnly) {
    add_sample_rows(database);
    Sql owner(database.owner_url());
    ASSERT_EQ(
        owner.done("UPDATE ab_tests SET status = 'paused' WHERE tenant_id = '" + ada.text() + "'").message,
        "");
    Sql login(database.renderer_url());
    EXPECT_EQ(login.value("SELECT tenant_id FROM ab_tests"), database.other_tenant_id().text());
    TenantStore(session).set_status(database.other_tenant_id(), models::TenantStatus::Inactive);
    EXPECT_EQ(login.value("SELECT count(name) FROM ab_tests"), "0");
}

} // namespace

} // namespace studio::db
