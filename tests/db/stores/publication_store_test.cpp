// SPDX-License-Identifier: Apache-2.0
#include "db/stores/publication_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

#include <chrono>

namespace studio::db {

namespace {

using test_support::TestDatabase;

TEST(PublicationStore, TellsTheLatestOfThoseThatTheLoginMaySee) {
    const TestDatabase database(TestDatabase::Tenants::Two);
    Session operators(database.operator_url()), ada(database.companion_url());
    EXPECT_EQ(PublicationStore(operators).last(), std::nullopt);
    const auto before = std::chrono::system_clock::now();
    RevisionStore(operators).publish(database.tenant_id(), 1);
    RevisionStore(operators).publish(database.other_tenant_id(), 1);
    const auto last = PublicationStore(operators).last();
    ASSERT_TRUE(last);
    EXPECT_EQ(last->tenant_name, "Bea");
    EXPECT_GE(last->at + std::chrono::seconds(1), before);
    const auto own = PublicationStore(ada).last();
    ASSERT_TRUE(own);
    EXPECT_EQ(own->tenant_name, "Ada");
    EXPECT_LT(own->at, last->at);
    TenantStore(operators).rename(database.tenant_id(), "Ada Marsh"); // no publication
    EXPECT_EQ(PublicationStore(operators).last(), last);
}

TEST(PublicationStore, TellsWhoPublishedWhatIsLiveToThoseWhoMayKnow) {
    const TestDatabase database(TestDatabase::Tenants::Two);
    Session operators(database.operator_url()), ada(database.companion_url());
    EXPECT_EQ(PublicationStore(operators).live(database.tenant_id()), std::nullopt);
    RevisionStore(operators).publish(database.tenant_id(), 1);
    const auto live = PublicationStore(operators).live(database.tenant_id());
    ASSERT_TRUE(live);
    EXPECT_EQ(live->revision, 1);
    EXPECT_EQ(live->published_by, operators.identity().display_name);
    EXPECT_EQ(PublicationStore(ada).live(database.tenant_id()), (LivePublication{1, "", live->at}));
}

} // namespace

} // namespace studio::db
