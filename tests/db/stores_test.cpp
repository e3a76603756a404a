// SPDX-License-Identifier: Apache-2.0
#include "db/account_store.h"
#include "db/error.h"
#include "db/public_store.h"
#include "db/revision_store.h"
#include "db/tenant_store.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;

constexpr const char *key = "6f1c2c7e-0000-4000-8000-000000000001";

TEST(Stores, ATenantIsCreatedWithItsDocumentsInTheOrderOfTheirKeys)
{
    const TestDatabase database;
    Session session(database.operator_url());
    TenantStore tenants(session);
    const auto documents = test_support::valid_documents("Claire");
    const models::Tenant tenant = tenants.create({"claire", "Claire", documents});
    EXPECT_EQ(tenant.status, models::TenantStatus::Preview);
    EXPECT_EQ(tenant.published_revision, std::nullopt);
    const auto latest = RevisionStore(session).latest(tenant.id);
    ASSERT_TRUE(latest);
    EXPECT_EQ(latest->summary.number, 1);
    EXPECT_EQ(latest->documents, documents);
}

TEST(Stores, PublishShowsTheRevisionToTheRendererInItsOwnKeyOrder)
{
    const TestDatabase database(TestDatabase::Tenants::Two);
    Session session(database.operator_url());
    test_support::go_live(session, database.tenant_id());
    Session renderer(database.renderer_url());
    const auto active = PublicStore(renderer).active();
    ASSERT_EQ(active.size(), 1U);
    EXPECT_EQ(active[0].subdomain, "ada");
    EXPECT_EQ(active[0].documents, test_support::valid_documents("Ada"));
    const auto other = PublicStore(renderer).find(database.other_tenant_id());
    ASSERT_TRUE(other);
    EXPECT_EQ(other->documents, models::Documents());
}

TEST(Stores, ASaveOnAnOlderBaseIsAConflictAndWritesNothing)
{
    const TestDatabase database(TestDatabase::Tenants::Two);
    Session session(database.operator_url());
    RevisionStore revisions(session);
    auto documents = test_support::valid_documents("Ada");
    revisions.save(database.tenant_id(), 1, documents, "second", key);
    try {
        revisions.save(database.tenant_id(), 1, documents, "late", "6f1c2c7e-0000-4000-8000-000000000002");
        FAIL() << "the late save was accepted";
    } catch (const Error &error) {
        EXPECT_EQ(error.kind(), ErrorKind::Conflict);
    }
    EXPECT_EQ(revisions.list(database.tenant_id()).size(), 2U);
}

} // namespace

} // namespace studio::db
