// SPDX-License-Identifier: Apache-2.0
#include "db/stores/capped_hours_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::db {
namespace {

using test_support::TestDatabase;
using testing::ElementsAre;

TEST(CappedHours, AreAddedByTheServiceAndSeenByWhoMaySeeTheFigures) {
    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session renderer(database.renderer_url());
    CappedHoursStore service(renderer);
    service.add({{ada, 490'000, 3}, {bea, 490'000, 5}, {ada, 490'001, 1}});
    service.add({{ada, 490'000, 4}});
    Session operator_session(database.operator_url());
    EXPECT_EQ(CappedHoursStore(operator_session).list(490'000, 490'001).size(), 3u);
    Session companion(database.companion_url());
    EXPECT_THAT(CappedHoursStore(companion).list(489'000, 491'000),
                ElementsAre(CappedHour{ada, 490'000, 7}, CappedHour{ada, 490'001, 1}));
    EXPECT_THAT(CappedHoursStore(companion).list(490'001, 490'001), ElementsAre(CappedHour{ada, 490'001, 1}));
    EXPECT_TRUE(Sql(database.companion_url())
                    .tried("SELECT capped_hours_add(ARRAY['" + ada.text() + "']::uuid[], '{1}', '{1}')")
                    .denied());
}

} // namespace
} // namespace studio::db
