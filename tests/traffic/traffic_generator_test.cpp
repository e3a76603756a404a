// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_store.h"
#include "db/analytics/analytics_upkeep.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "tests/traffic/traffic_generator.h"

#include <gtest/gtest.h>

namespace studio::db {

namespace {

using namespace std::chrono_literals;

GeneratorPlan small_plan() {
    GeneratorPlan plan;
    plan.tenants = 3;
    plan.months = 3;
    plan.events = 6000;
    plan.seed = 11;
    plan.until =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(2);
    return plan;
}

class Generated : public testing::Test {
protected:
    const test_support::TestDatabase database;
    Session owner{database.owner_url()}, people{database.operator_url()};
    AnalyticsStore store{people};
};

TEST_F(Generated, EveryFigureIsTheKnownTruth) {
    const auto truths = TrafficGenerator(owner).run(small_plan());
    ASSERT_EQ(truths.size(), 3U);
    for (const GeneratedTruth &truth : truths) {
        EXPECT_EQ(store.totals(truth.tenant_id, truth.days), truth.totals) << truth.subdomain;
        EXPECT_EQ(store.funnel(truth.tenant_id, truth.days).at(0).visits, truth.funnel);
        for (const BreakdownRow &row : store.breakdown(truth.tenant_id, truth.days, Dimension::Source, 99)) {
            EXPECT_EQ(row.totals.visits, truth.visits_by_source.at(row.value)) << row.value;
            EXPECT_EQ(row.totals.bookings, truth.bookings_by_source.at(row.value)) << row.value;
        }
        for (const BreakdownRow &row : store.breakdown(truth.tenant_id, truth.days, Dimension::Device, 99)) {
            EXPECT_EQ(row.totals.visits, truth.visits_by_device.at(row.value));
        }
        EXPECT_EQ(store.visitors(truth.tenant_id, truth.days), truth.visitors);
        for (const VariantCounts &variant : store.experiment(truth.test_id).variants) {
            EXPECT_EQ(variant, truth.variants.at(variant.variant_id)) << variant.variant_id;
        }
        EXPECT_GT(truth.bot_visits, 0);
        const auto bots = store.bots(truth.tenant_id, truth.days);
        ASSERT_EQ(bots.size(), 1U);
        EXPECT_EQ(bots[0].bot_class, "other");
        EXPECT_EQ(bots[0].visits, truth.bot_visits);
        EXPECT_GT(truth.totals.visits, truth.visitors);
        EXPECT_TRUE(AnalyticsUpkeep(people).verify(truth.tenant_id).empty());
    }
    const DateRange ever{truths[0].days.from - std::chrono::days(1),
                         truths[0].days.to + std::chrono::days(1)};
    MeasurementStore measurements(people);
    for (const GeneratedTruth &truth : truths) {
        PageLoads all;
        for (const auto &[day, loads] : truth.page_loads) {
            EXPECT_EQ(measurements.page_loads(truth.tenant_id, {day, day}), loads);
            all.loads += loads.loads;
        }
        EXPECT_EQ(all.loads, truth.totals.page_views);
    }
    EXPECT_EQ(measurements.refresh_page_loads(ever), 0) << "the same as from the events";
    EXPECT_GT(truths[0].totals.visits, truths[1].totals.visits);
    EXPECT_EQ(store.zone(truths[0].tenant_id), "Australia/Sydney");
    EXPECT_EQ(store.zone(truths[2].tenant_id), "Asia/Kathmandu");
    EXPECT_EQ(store.zone({}), "UTC");
}

// From half a million events on the indexes are created after the rows: every index from before must exist
// again.
TEST_F(Generated, BulkLeavesTheSameIndexesAndFiguresThatVerify) {
    const char *indexes =
        "SELECT string_agg(regexp_replace(indexdef, '^CREATE (UNIQUE )?INDEX \\S+ ON', '\\1'), '; ' ORDER "
        "BY indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename ~ "
        "'^(sessions|ab_assignments|bookings|daily|hourly)|^(events|visit_facts)$'";
    const char *keys =
        "SELECT string_agg(concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)), '; ' "
        "ORDER BY conrelid::regclass::text, conname) FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND "
        "conrelid::regclass::text !~ '^visit_facts_'";
    Sql schema(database.owner_url());
    const std::string indexes_before = schema.value(indexes), keys_before = schema.value(keys);
    GeneratorPlan plan = small_plan();
    plan.in_bulk = true;
    const auto truths = TrafficGenerator(owner).run(plan);
    EXPECT_EQ(schema.value(indexes), indexes_before);
    EXPECT_EQ(schema.value(keys), keys_before);
    EXPECT_EQ(schema.value(
                  "SELECT count(*) FROM pg_tables t WHERE tablename ~ '^events_' AND (SELECT count(*) FROM "
                  "pg_indexes i WHERE i.tablename = t.tablename) <> 3"),
              "0");
    for (const GeneratedTruth &truth : truths) {
        EXPECT_EQ(store.totals(truth.tenant_id, truth.days), truth.totals);
        EXPECT_TRUE(AnalyticsUpkeep(people).verify(truth.tenant_id).empty());
    }
}

TEST_F(Generated, ASeedGivesTheSameVisitsAndIsTakenOnce) {
    VisitGenerator one(5, {2026y / 1 / 1, 2026y / 1 / 9}, 500), two(5, {2026y / 1 / 1, 2026y / 1 / 9}, 500),
        other(6, {2026y / 1 / 1, 2026y / 1 / 9}, 500);
    bool differs = false;
    while (!one.at_end()) {
        const auto first = one.next_day(), second = two.next_day(), third = other.next_day();
        ASSERT_EQ(first.size(), second.size());
        for (std::size_t number = 0; number < first.size(); ++number) {
            EXPECT_EQ(first[number].id, second[number].id);
        }
        differs = differs || third.empty() || third[0].id != first[0].id;
    }
    EXPECT_TRUE(differs);
    EXPECT_EQ(one.truth().totals, two.truth().totals);
    EXPECT_NEAR(static_cast<double>(one.truth().events), 500, 120);
    TrafficGenerator(owner).run(small_plan());
    EXPECT_EQ(error_of([&] { TrafficGenerator(owner).run(small_plan()); })->kind(), ErrorKind::Conflict);
}

TEST_F(Generated, VerifyFindsAPlantedDifferenceAndRebuildMendsIt) {
    const GeneratedTruth truth = TrafficGenerator(owner).run(small_plan()).at(1);
    Sql(database.owner_url())
        .done("UPDATE daily SET bookings = bookings + 1 WHERE dimension = 4 AND tenant_id = '" +
              truth.tenant_id.text() + "'");
    AnalyticsUpkeep upkeep(people);
    const auto differences = upkeep.verify(truth.tenant_id);
    ASSERT_FALSE(differences.empty());
    EXPECT_EQ(differences[0].table, "daily");
    EXPECT_NE(differences[0].stored, differences[0].recomputed);
    EXPECT_EQ(upkeep.rebuild(truth.tenant_id), truth.totals.visits);
    EXPECT_TRUE(upkeep.verify(truth.tenant_id).empty());
}

} // namespace

} // namespace studio::db
