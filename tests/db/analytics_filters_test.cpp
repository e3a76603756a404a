// SPDX-License-Identifier: Apache-2.0
// Which filters are kept, for whom and for how long. What they answer: analytics_any_filter_test.cpp.
#include "db/connection_string.h"
#include "tests/db/analytics_fixture.h"

#include <fmt/format.h>
#include <pqxx/pqxx>

namespace studio::db {

namespace {

class AnalyticsFilters : public Analytics {
protected:
    AnalyticsFilters() {
        record({ada, 1}, {"page_view", "photo_click"});
        record({ada, 2, 0, {}, "google"}, {"page_view"});
        refresh();
    }

    void keep_all() {
        while (store.keep_filters()) {
        }
    }
    std::string filters(const std::string &condition) {
        return owner.value("SELECT count(*) FROM analytics_filters WHERE " + condition);
    }
    std::string kept_rows(const std::string &dimensions) {
        return owner.value(
            "SELECT count(*) FROM (SELECT dimension FROM rollup_days UNION ALL SELECT dimension "
            "FROM rollup_months) r WHERE dimension BETWEEN " +
            dimensions);
    }

    const AnalyticsFilter m_three{.source = "instagram", .device = "mobile", .country = "AU"};
};

TEST_F(AnalyticsFilters, AreReadFromSumsOfTheirOwnOnceTheyAreKept) {
    EXPECT_EQ(store.totals(ada, days(0, 9), m_three).visits, 1);
    EXPECT_EQ(kept_rows("100 AND 999"), "0");
    keep_all();
    EXPECT_NE(kept_rows("100 AND 108"), "0");
    owner.done("UPDATE rollup_days SET visits = visits + 41 WHERE dimension = 100");
    EXPECT_EQ(store.totals(ada, days(0, 9), m_three).visits, 42);
    EXPECT_NE(difference(), "");
}

TEST_F(AnalyticsFilters, OfOneThingOrAKeptPairNeedNone) {
    store.totals(ada, days(0, 9));
    store.totals(ada, days(0, 9), {.source = "instagram"});
    store.totals(ada, days(0, 9), {.source = "instagram", .device = "mobile"});
    store.breakdown(ada, days(0, 9), Dimension::Device, 9, {.source = "instagram"});
    store.visits(ada, days(0, 9), m_three, 50);
    store.trend(ada, days(0, 0), Grain::Hour, m_three);
    EXPECT_EQ(filters("true"), "0");
    store.heat_map(ada, days(0, 9), {.source = "instagram", .device = "mobile"}); // pairs have no hours
    EXPECT_EQ(filters("true"), "1");
    store.totals("", days(0, 9), m_three); // of all tenants together
    EXPECT_EQ(filters("true"), "1");
}

TEST_F(AnalyticsFilters, AreAskedForByTheirOwnCompanionAndByOperators) {
    Session companion(database.companion_url());
    AnalyticsStore own(companion);
    own.totals(bea, days(0, 9), m_three);
    EXPECT_EQ(filters("true"), "0");
    EXPECT_EQ(own.totals(ada, days(0, 9), m_three).visits, 1);
    EXPECT_EQ(filters("tenant_id = '" + ada + "'"), "1");
    keep_all();
    EXPECT_EQ(own.totals(ada, days(0, 9), m_three).visits, 1);
    record({bea, 1}, {"page_view"});
    refresh();
    store.totals(bea, days(0, 9), m_three);
    keep_all();
    EXPECT_EQ(own.totals(bea, days(0, 9), m_three).visits, 0);
    EXPECT_EQ(store.totals(bea, days(0, 9), m_three).visits, 1);
}

TEST_F(AnalyticsFilters, ThatNobodyAskedForInAMonthGo) {
    store.totals(ada, days(0, 9), m_three);
    keep_all();
    owner.done("UPDATE analytics_filters SET asked_on = current_date - 31");
    store.totals(ada, days(0, 9), m_three); // asked for again on the last day
    keep_all();
    EXPECT_EQ(filters("asked_on = current_date AND kept_before = 'infinity'"), "1");
    owner.done("UPDATE analytics_filters SET asked_on = current_date - 32");
    keep_all();
    EXPECT_EQ(filters("true"), "0");
    EXPECT_EQ(kept_rows("100 AND 999"), "0");
    EXPECT_EQ(difference(), "");
    EXPECT_EQ(store.totals(ada, days(0, 9), m_three).visits, 1);
}

TEST_F(AnalyticsFilters, StayWhileAnAnswerIsReadFromThem) {
    store.totals(ada, days(0, 9), m_three);
    keep_all();
    pqxx::connection reader(connection_string(database.operator_url()));
    {
        pqxx::work reading(reader);
        EXPECT_EQ(reading
                      .exec("SELECT FROM analytics_ask_filter(" + reading.quote(ada) +
                            ", 'instagram', NULL, NULL, 'mobile', NULL, 'AU', NULL, NULL)")
                      .size(),
                  1U);
        owner.done("UPDATE analytics_filters SET asked_on = current_date - 32");
        keep_all();
        EXPECT_EQ(filters("true"), "1");
        EXPECT_NE(kept_rows("100 AND 108"), "0");
    }
    keep_all();
    EXPECT_EQ(filters("true"), "0");
}

TEST_F(AnalyticsFilters, MakeWayForOthersWhereATenantHasMany) {
    for (int number = 0; number < 40; ++number) {
        store.totals(ada, days(0, 9), {.source = fmt::format("source{}", number), .browser = "Firefox"});
        if (number == 10)
            owner.done("UPDATE analytics_filters SET asked_on = current_date - 1");
        if (number > 28)
            keep_all();
    }
    EXPECT_EQ(filters("true"), "29");
    EXPECT_EQ(filters("source = 'source39' AND kept_before = 'infinity'"), "1");
    EXPECT_EQ(filters("source = 'source0'"), "0"); // was asked for longer ago
    EXPECT_EQ(store.totals(ada, days(0, 9), {.source = "google", .browser = "Firefox"}).visits, 1);
    keep_all();
    EXPECT_EQ(store.totals(ada, days(0, 9), {.source = "google", .browser = "Firefox"}).visits, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(AnalyticsFilters, OfVeryLongWordsAreAnsweredAndNotKept) {
    const AnalyticsFilter filter{.source = std::string(1500, 'x'), .browser = std::string(600, 'y')};
    EXPECT_EQ(store.totals(ada, days(0, 9), filter).visits, 0);
    EXPECT_EQ(filters("true"), "0");
}

} // namespace

} // namespace studio::db
