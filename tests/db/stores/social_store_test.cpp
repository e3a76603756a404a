// SPDX-License-Identifier: Apache-2.0
#include "db/stores/social_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

namespace studio::db {

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Social : public testing::Test {
protected:
    static std::chrono::sys_days day(int number) {
        return std::chrono::sys_days(2026y / 3 / 1) + std::chrono::days(number);
    }
    const test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session people{database.operator_url()};
    SocialStore store{people};
};

TEST_F(Social, ImportsReplaceADayAndKeepWhatIsNotGiven) {
    store.import(ada, {{"Instagram", day(0), 100, {}, 2000, 4.25}, {"twitter", day(0), {}, 3, {}, {}}});
    store.import(ada, {{"instagram", day(0), 110, 2, {}, 5.5}, {"instagram", day(1), 111, 0, 1, 0.0}});
    const auto metrics = store.list(ada, {day(0), day(1)});
    ASSERT_EQ(metrics.size(), 3U);
    EXPECT_EQ(metrics[0], (SocialMetric{"instagram", day(0), 110, 2, {}, 5.5}));
    EXPECT_EQ(metrics[1], (SocialMetric{"twitter", day(0), {}, 3, {}, {}}));
    EXPECT_EQ(store.list(ada, {day(1), day(1)}).size(), 1U);
    EXPECT_EQ(store.count_known(ada, {{"Instagram", day(0), 1, {}, {}, {}},
                                      {"twitter", day(0), 1, {}, {}, {}},
                                      {"twitter", day(1), 1, {}, {}, {}}}),
              2);
}

TEST_F(Social, AWrongRowIsNamedWithItsColumnAndNothingIsImported) {
    const SocialMetric right{"instagram", day(0), 1, 1, 1, 1.0};
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.import(ada, {right, {"instagram", day(1), -1, {}, {}, {}}}),
                    HasSubstr("Row 2, followers"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.import(ada, {right, {"instagram", day(1), {}, {}, {}, 100.5}}),
                    HasSubstr("Row 2, engagement"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.import(ada, {right, right}), HasSubstr("Row 2, date"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.import(ada, {{"", day(1), {}, {}, {}, {}}}),
                    HasSubstr("Row 1, platform"));
    EXPECT_TRUE(store.list(ada, {day(0), day(9)}).empty());
}

TEST_F(Social, ACompanionReadsHerOwnAndImportsNothing) {
    store.import(ada, {{"instagram", day(0), 1, {}, {}, {}}});
    store.import(database.other_tenant_id(), {{"instagram", day(0), 2, {}, {}, {}}});
    Session companion(database.companion_url());
    SocialStore own(companion);
    EXPECT_EQ(own.list(ada, {day(0), day(0)}).size(), 1U);
    EXPECT_TRUE(own.list(database.other_tenant_id(), {day(0), day(0)}).empty());
    EXPECT_EQ(error_of([&] {
                  own.import(ada, {{"instagram", day(1), 1, {}, {}, {}}});
              })->kind(),
              ErrorKind::Forbidden);
}

} // namespace

} // namespace studio::db
