// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_evaluation.h"
#include "tests/db/fixtures/analytics_fixture.h"
#include "tests/db/fixtures/expect_error.h"

#include <gmock/gmock.h>

#include <future>
#include <thread>

namespace studio::db {

namespace {

using testing::ElementsAre;

std::vector<std::string> values_of(const std::vector<BreakdownRow> &rows) {
    std::vector<std::string> values;
    for (const BreakdownRow &row : rows) {
        values.push_back(row.value + " " + std::to_string(row.totals.visits));
    }
    return values;
}

const std::vector<std::string> whole_way{"page_view",       "photo_click", "pricing_view",
                                         "page_view /book", "form_start",  "form_submit"};

TEST_F(Analytics, AVisitCountsWithEverythingItDid) {
    const TrackedSession booked = record({ada, 0}, whole_way);
    book(booked);
    record({ada, 0, 60, {}, "google", "desktop"}, {"page_view"});
    refresh();
    const Totals totals = store.totals(ada, days(0, 0));
    EXPECT_EQ(totals.visits, 2);
    EXPECT_EQ(store.visitors(ada, days(0, 0)), 2);
    EXPECT_EQ(totals.page_views, 3);
    EXPECT_EQ(totals.seconds, 50);
    EXPECT_EQ(totals.timed_visits, 1);
    EXPECT_EQ(totals.engaged_visits, 1);
    EXPECT_EQ(totals.bounced_visits, 1);
    EXPECT_EQ(totals.bookings, 1);
    EXPECT_EQ(store.totals(ada, days(1, 9)), Totals{});
    EXPECT_EQ(store.totals({}, days(0, 0)).visits, 2);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, PausesOfOverHalfAnHourAreNoTimeOnTheSite) {
    TrackedSession visit = record({ada, 0}, {"page_view", "photo_click"});
    for (const auto &[second, type] : {std::pair(1810, "photo_click"), std::pair(3611, "photo_click")}) {
        TrackedEvent late = event_of(visit, next_id(), type);
        late.at = at(0, second);
        TrackingStore(renderer).record({{}, {late}, {}});
    }
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).seconds, 10 + 1800);
}

TEST_F(Analytics, TheFunnelAsksForItsOrder) {
    record({ada, 0, 0, {}, "a"}, {"photo_click", "page_view"});
    record({ada, 0, 0, {}, "b"}, {"page_view", "form_start", "photo_click", "pricing_view"});
    const TrackedSession booked = record({ada, 0, 0, {}, "c"}, whole_way);
    const TrackedSession cancelled = record({ada, 0, 0, {}, "d"}, whole_way);
    book(booked);
    const std::string id = book(cancelled);
    owner.done("UPDATE bookings SET status = 'cancelled' WHERE id = '" + id + "'");
    refresh();
    const auto funnels = store.funnel(ada, days(0, 0), Dimension::Source);
    ASSERT_EQ(funnels.size(), 4U);
    EXPECT_THAT(funnels[0].visits, ElementsAre(1, 0, 0, 0, 0));
    EXPECT_THAT(funnels[1].visits, ElementsAre(1, 1, 1, 0, 0));
    EXPECT_THAT(funnels[2].visits, ElementsAre(1, 1, 1, 1, 1));
    EXPECT_THAT(funnels[3].visits, ElementsAre(1, 1, 1, 1, 0));
    EXPECT_THAT(store.funnel(ada, days(0, 0)).at(0).visits, ElementsAre(4, 3, 3, 2, 1));
    EXPECT_THAT(store.funnel(ada, days(0, 0), {}, {.source = "c", .device = "mobile"}).at(0).visits,
                ElementsAre(1, 1, 1, 1, 1));
}

TEST_F(Analytics, FiltersCombineAndBreakdownsFollowThem) {
    record({ada, 0, 0, {}, "instagram", "mobile", "AU"}, {"page_view"});
    record({ada, 1, 0, {}, "instagram", "desktop", "AU", "spring"},
           {"page_view", "page_view /book", "page_view /book"});
    record({ada, 1, 0, {}, "google", "mobile", "NZ"}, {"page_view /privacy"});
    refresh();
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Source, 10)),
                ElementsAre("instagram 2", "google 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Source, 1)),
                ElementsAre("instagram 2"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Device, 10, {.source = "instagram"})),
                ElementsAre("desktop 1", "mobile 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Source, 10, {.device = "mobile"})),
                ElementsAre("google 1", "instagram 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Source, 10, {.source = "google"})),
                ElementsAre("google 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Campaign, 10)),
                ElementsAre("(none) 2", "spring 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Medium, 10)),
                ElementsAre("social 2", "search 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 1), Dimension::Country, 10,
                                          {.campaign = "spring", .browser = "unknown"})),
                ElementsAre("AU 1"));
    const auto pages = store.breakdown(ada, days(0, 1), Dimension::Page, 10);
    EXPECT_THAT(values_of(pages), ElementsAre("/ 2", "/book 1", "/privacy 1"));
    EXPECT_EQ(pages[1].totals.page_views, 2);
    EXPECT_EQ(store.totals(ada, days(0, 1), {.page = "/book"}).page_views, 2);
    EXPECT_EQ(
        store.totals(ada, days(0, 1), {.source = "instagram", .country = "AU", .page = "/book"}).page_views,
        2);
    EXPECT_EQ(
        store.totals(ada, days(0, 1), {.source = "instagram", .campaign = "spring", .device = "desktop"})
            .visits,
        1);
    EXPECT_EQ(store.totals(ada, days(0, 1), {.source = "bing"}), Totals{});
}

TEST_F(Analytics, BotsAreToldByTheirClassAndApart) {
    auto bot = record({ada, 0, 0}, {"page_view"});
    record({ada, 1, 0}, {"page_view"});
    record({bea, 0, 0}, {"page_view"});
    owner.done("UPDATE sessions SET bot_class = 'headless' WHERE id = '" + bot.id.text() + "'");
    owner.done("INSERT INTO bot_visits VALUES ('" + ada.text() + "', " + sql_time(at(0)) +
               "::date, 'ai', 3), ('" + ada.text() + "', " + sql_time(at(2)) + "::date, 'ai', 100), ('" +
               bea.text() + "', " + sql_time(at(0)) + "::date, 'search', 7)");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 1)).visits, 1);
    const auto told = [](const std::vector<BotRow> &rows) {
        std::vector<std::string> words;
        for (const auto &row : rows) {
            words.push_back(row.bot_class + ' ' + std::to_string(row.pages) + ' ' +
                            std::to_string(row.visits));
        }
        return words;
    };
    EXPECT_THAT(told(store.bots(ada, days(0, 1))), ElementsAre("ai 3 0", "headless 0 1"));
    EXPECT_THAT(told(store.bots({}, days(0, 1))), ElementsAre("search 7 0", "ai 3 0", "headless 0 1"));
    Session companion(database.companion_url());
    AnalyticsStore own(companion);
    EXPECT_THAT(told(own.bots({}, days(0, 1))), ElementsAre("ai 3 0", "headless 0 1"));
    EXPECT_TRUE(own.bots(bea, days(0, 1)).empty());
    EXPECT_EQ(own.zone(ada), "UTC");
}

TEST_F(Analytics, ATrendHasEveryPointOfItsRange) {
    record({ada, 0, 3 * 3600, uuid_of(900), "instagram"}, {"page_view"});
    record({ada, 0, 3 * 3600 + 1200, uuid_of(900), "instagram"}, {"page_view"});
    record({ada, 0, 5 * 3600, uuid_of(900), "instagram"}, {"page_view"});
    record({ada, 2, 5 * 3600, uuid_of(900), "google"}, {"page_view"});
    refresh();
    const auto hours = store.trend(ada, days(0, 0), Grain::Hour);
    ASSERT_EQ(hours.size(), 24U);
    EXPECT_EQ(hours[3].start, at(0, 3 * 3600));
    EXPECT_EQ(hours[3].totals.visits, 2);
    EXPECT_EQ(hours[3].visitors, 1);
    EXPECT_EQ(hours[4].totals, Totals{});
    const auto each_day = store.trend(ada, days(0, 2), Grain::Day);
    ASSERT_EQ(each_day.size(), 3U);
    EXPECT_EQ(each_day[0].start, at(0));
    EXPECT_EQ(each_day[0].totals.visits, 3);
    EXPECT_EQ(each_day[0].visitors, 1);
    EXPECT_EQ(each_day[1].totals, Totals{});
    const auto only = store.trend(ada, days(0, 2), Grain::Day,
                                  {.source = "google", .device = "mobile", .browser = "Firefox"});
    EXPECT_EQ(only[0].totals.visits + only[2].totals.visits, 1);
    const auto months = store.trend(ada, {day(-40), day(2)}, Grain::Month);
    ASSERT_GE(months.size(), 2U);
    EXPECT_EQ(months.back().totals.visits, 4);
    EXPECT_EQ(months.back().visitors, std::nullopt) << "days are not added";
    EXPECT_EQ(store.visitors(ada, days(0, 2)), 1);
    EXPECT_EQ(months.front().start, at(-40));
    EXPECT_EQ(error_of([&] { store.trend(ada, {day(2), day(0)}, Grain::Day); })->kind(), ErrorKind::Invalid);
}

TEST_F(Analytics, JourneysFoldRepeatsAndStopAtSevenSteps) {
    book(record({ada, 0},
                {"page_view", "photo_click", "photo_click", "page_view /book", "form_start", "form_submit"}));
    record({ada, 3}, {"page_view", "photo_click", "page_view /book", "form_start", "form_submit"});
    record({ada, 3, 0, {}, "google"}, {"page_view", "photo_click", "page_view", "photo_click", "page_view",
                                       "photo_click", "page_view", "photo_click"});
    refresh();
    const auto journeys = store.journeys(ada, days(0, 9), 10);
    ASSERT_EQ(journeys.size(), 2U);
    EXPECT_THAT(journeys[0].steps,
                ElementsAre("/", "photo_engagement", "/book", "form_start", "booking_submit"));
    EXPECT_EQ(journeys[0].visits, 2);
    EXPECT_EQ(journeys[0].bookings, 1);
    EXPECT_EQ(journeys[1].steps.size(), 7U);
    EXPECT_EQ(store.journeys(ada, days(0, 9), 10, {.source = "google"}).size(), 1U);
    EXPECT_EQ(store.journeys(ada, days(0, 9), 10, {.browser = "unknown", .country = "AU"}).size(), 2U);
}

TEST_F(Analytics, TheHeatMapAndTheListOfVisitsShowTheSameVisits) {
    const TrackedSession first = record({ada, 0, 3 * 3600}, {"page_view"});
    const TrackedSession second = record({ada, 7, 3 * 3600}, {"page_view", "photo_click"});
    book(second);
    refresh();
    const auto cells = store.heat_map(ada, days(0, 7));
    ASSERT_EQ(cells.size(), 1U);
    EXPECT_EQ(cells[0].hour, 3);
    EXPECT_EQ(cells[0].weekday, static_cast<int>(std::chrono::weekday(day(0)).iso_encoding()) - 1);
    EXPECT_EQ(cells[0].visits, 2);
    EXPECT_EQ(cells[0].bookings, 1);
    EXPECT_EQ(store.heat_map(ada, days(0, 7), {.medium = "social", .browser = "unknown"}).at(0).visits, 2);
    const auto visits = store.visits(ada, days(0, 7), {}, 10);
    ASSERT_EQ(visits.size(), 2U);
    EXPECT_EQ(visits[0].visit_id, second.id);
    EXPECT_THAT(visits[0].path, ElementsAre("/", "photo_engagement"));
    EXPECT_EQ(visits[0].stage, 1);
    EXPECT_EQ(visits[0].bookings, 1);
    EXPECT_EQ(visits[0].day, day(7));
    EXPECT_EQ(store.visits(ada, days(0, 7), {}, 10, visits[0]).at(0).visit_id, first.id);
}

TEST_F(Analytics, ServicesCountTheirBookingsAndWhatTheyAreWorth) {
    const TrackedSession visit = record({ada, 0}, whole_way);
    owner.done("UPDATE bookings SET value_minor = 150000 WHERE id = '" + book(visit, "Dinner") + "'");
    book(visit);
    owner.done("UPDATE bookings SET status = 'cancelled' WHERE id = '" + book(visit, "Dinner") + "'");
    owner.done("UPDATE bookings SET status = 'spam' WHERE id = '" + book(visit, "Dinner") + "'");
    refresh();
    const auto services = store.bookings_by_service(ada, days(0, 0));
    ASSERT_EQ(services.size(), 2U);
    EXPECT_EQ(services[1].service, "Dinner");
    EXPECT_EQ(services[1].bookings, 1);
    EXPECT_EQ(services[1].cancelled, 1);
    EXPECT_EQ(services[1].value, 1500);
    const auto rows = store.breakdown(ada, days(0, 0), Dimension::Service, 10, {.source = "instagram"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[1].value, "Dinner");
    EXPECT_EQ(rows[1].totals.bookings, 1);
    EXPECT_EQ(store.totals(ada, days(0, 0)).value, 1500);
}

TEST_F(Analytics, AnVariantHasItsVisitorsOnceAndThoseWhoBookedAfterwards) {
    const std::string test = running_test(), known = uuid_of(900);
    const TrackedSession first = record({ada, 0, 0, known}, {"page_view"});
    show(first, "modern");
    const TrackedSession again = record({ada, 2, 0, known}, {"page_view"});
    show(again, "control");
    book(again);
    const TrackedSession other = record({ada, 1}, {"page_view"});
    show(other, "control", 7200);
    book(other); // before she saw it
    refresh();
    const ExperimentCounts counts = store.experiment(test);
    EXPECT_THAT(counts.variants, ElementsAre(VariantCounts{"control", 1, 0}, VariantCounts{"modern", 1, 1}));
    ASSERT_EQ(counts.days.size(), 3U);
    EXPECT_EQ(counts.days[0].day, day(0));
    EXPECT_THAT(counts.days[0].variants,
                ElementsAre(VariantCounts{"control", 0, 0}, VariantCounts{"modern", 1, 0}));
    EXPECT_THAT(counts.days[2].variants, counts.variants);
    EXPECT_EQ(store.totals(ada, days(0, 9), {.test_id = test, .variant_id = "control"}).visits, 2);
    EXPECT_EQ(store.totals(ada, days(0, 9), {.test_id = test}).visits, 3);
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 9), Dimension::Variant, 9, {.test_id = test})),
                ElementsAre("control 2", "modern 1"));
    EXPECT_THAT(values_of(store.breakdown(ada, days(0, 9), Dimension::Variant, 9,
                                          {.device = "mobile", .test_id = test})),
                ElementsAre("control 2", "modern 1"));
    EXPECT_EQ(error_of([&] { store.experiment(uuid_of(404)); })->kind(), ErrorKind::NotFound);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ACompanionSeesOnlyHerOwnAndThePlatformSeesAll) {
    record({ada, 0}, {"page_view"});
    record({bea, 0}, {"page_view"});
    record({bea, 0}, {"page_view"});
    refresh();
    Session companion(database.companion_url());
    AnalyticsStore own(companion);
    EXPECT_EQ(own.totals(ada, days(0, 9)).visits, 1);
    EXPECT_EQ(own.totals(bea, days(0, 9)), Totals{});
    EXPECT_EQ(own.totals({}, days(0, 9)).visits, 1);
    EXPECT_EQ(own.totals(bea, days(0, 9), {.medium = "social", .country = "AU"}), Totals{});
    EXPECT_TRUE(own.visits(bea, days(0, 9), {}, 10).empty());
    EXPECT_EQ(own.platform(days(0, 9)).tenants.size(), 1U);
    EXPECT_EQ(error_of([&] { AnalyticsUpkeep(companion).update({}); })->kind(), ErrorKind::Forbidden);
    const PlatformFigures all = store.platform({day(-40), day(9)});
    ASSERT_EQ(all.tenants.size(), 2U);
    EXPECT_EQ(all.tenants[0].tenant_id, bea);
    EXPECT_EQ(all.tenants[0].totals.visits, 2);
    EXPECT_EQ(all.active_tenants, 2);
    EXPECT_EQ(all.months.back().visits, 3);
}

TEST_F(Analytics, NowIsTheLastFiveMinutesAndFreshnessEndsAtTheOldestMark) {
    TrackedSession here = visit_of(ada, next_id()), bot = visit_of(ada, next_id()),
                   gone = visit_of(ada, next_id());
    bot.bot_class = "ai";
    TrackedEvent old = event_of(gone, next_id());
    old.at -= std::chrono::seconds(301);
    TrackingStore(renderer).record(
        {{here, bot, gone},
         {event_of(here, next_id()), event_of(here, next_id()), event_of(bot, next_id()), old},
         {}});
    EXPECT_EQ(store.visitors_now(ada), 1);
    const base::Time before = store.fresh_until(ada);
    EXPECT_LE(before, base::now());
    EXPECT_LE(before, store.fresh_until(bea));
    refresh();
    EXPECT_GT(store.fresh_until(ada), before);
    EXPECT_EQ(AnalyticsUpkeep(renderer).update(AnalyticsUpkeep::at_once).visits, 0);
}

TEST_F(Analytics, AVisitInProgressWaitsAndIsThenCountedWhole) {
    const TrackedSession visit = record({ada, 0}, {"page_view"});
    TrackedEvent later = event_of(visit, next_id());
    later.at = visit.started_at + std::chrono::seconds(1);
    TrackingStore(renderer).record({{}, {later}, {}});
    AnalyticsUpkeep upkeep(renderer);
    AnalyticsUpkeep::Ages ages = AnalyticsUpkeep::at_once;
    ages.touched = std::chrono::hours(1);
    EXPECT_EQ(upkeep.update(ages).visits, 0);
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 0);
    owner.done("UPDATE touched_visits SET marked_at = marked_at - interval '2 hours' WHERE ctid = "
               "(SELECT min(ctid) FROM touched_visits)");
    EXPECT_EQ(upkeep.update(ages).visits, 1);
    EXPECT_EQ(owner.value("SELECT count(*) FROM touched_visits"), "0") << "younger entries go along";
    EXPECT_EQ(store.totals(ada, days(0, 0)).page_views, 2);
}

TEST_F(Analytics, ADirtyDayIsReadFromItsVisitsAndSummedUpOnceItIsQuietOrOld) {
    record({ada, 0}, {"page_view"});
    AnalyticsUpkeep upkeep(renderer);
    const AnalyticsUpkeep::Ages ages{std::chrono::milliseconds(0), std::chrono::hours(1),
                                     std::chrono::hours(2)};
    const auto rows = [&] { return owner.value("SELECT count(*) FROM daily WHERE dimension = 0"); };
    EXPECT_EQ(upkeep.update(ages).days, 0);
    EXPECT_EQ(rows(), "0");
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    EXPECT_EQ(store.trend(ada, days(0, 0), Grain::Hour)[0].totals.visits, 1);
    EXPECT_EQ(store.totals({}, days(0, 0)).visits, 1);
    EXPECT_EQ(store.platform(days(0, 0)).months.at(0).visits, 1);
    owner.done("UPDATE dirty_days SET touched_at = touched_at - interval '90 minutes'");
    EXPECT_EQ(upkeep.update(ages).days, 1);
    EXPECT_EQ(rows(), "1");
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    record({ada, 0}, {"page_view"});
    EXPECT_EQ(upkeep.update(ages).days, 0);
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 2)
        << "the sums of the day are not read while it is dirty";
    owner.done("UPDATE dirty_days SET since = since - interval '3 hours'");
    EXPECT_EQ(upkeep.update(ages).days, 1);
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 2);
}

TEST_F(Analytics, OneTenantThatFailsIsReportedAndTheOthersGoOn) {
    record({ada, 0}, {"page_view"});
    record({bea, 0}, {"page_view"});
    owner.done("ALTER TABLE dirty_days ADD CONSTRAINT refused CHECK (tenant_id <> '" + ada.text() + "')");
    const UpkeepReport report = AnalyticsUpkeep(renderer).update(AnalyticsUpkeep::at_once);
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_EQ(report.failed[0].tenant_id, ada);
    EXPECT_THAT(report.failed[0].problem, testing::HasSubstr("refused"));
    EXPECT_EQ(store.totals(bea, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 0);
    owner.done("ALTER TABLE dirty_days DROP CONSTRAINT refused");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1) << "its entries stayed in the queue";
}

TEST_F(Analytics, TheTenantWithTheFewestTouchedVisitsComesFirst) {
    const auto order = [&] {
        Sql service{database.renderer_url()};
        return service.value(
            "SELECT string_agg(tenant_id::text, ' ') FROM analytics_tenants_to_update('0', '0', '0')");
    };
    record({ada, 0}, {"page_view"});
    record({bea, 0}, {"page_view"});
    record({ada, 0, 60}, {"page_view"});
    EXPECT_EQ(order(), bea.text() + " " + ada.text());
    for (const int second : {60, 120, 180}) {
        record({bea, 0, second}, {"page_view"});
    }
    EXPECT_EQ(order(), ada.text() + " " + bea.text());
}

TEST_F(Analytics, ABigDayIsSummedUpSeldomAndAfterTheOthersVisits) {
    record({ada, 0}, {"page_view"});
    refresh();
    owner.done("UPDATE daily SET visits = 100000 WHERE dimension = 0");
    record({ada, 0}, {"page_view"});
    record({ada, 1}, {"page_view"});
    refresh_facts();
    record({bea, 0}, {"page_view"});
    AnalyticsUpkeep upkeep(renderer);
    const AnalyticsUpkeep::Ages ages{std::chrono::milliseconds(0), std::chrono::hours(1),
                                     std::chrono::hours(2)};
    owner.done("UPDATE dirty_days SET touched_at = touched_at - interval '100 hours',"
               " since = since - interval '200 hours'");
    EXPECT_EQ(upkeep.update(ages).days, 1) << "the small day";
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 2) << "read from the visits meanwhile";
    owner.done("UPDATE dirty_days SET since = since - interval '3 hours' WHERE tenant_id = '" + ada.text() +
               "'");
    Sql service{database.renderer_url()};
    record({bea, 0}, {"page_view"});
    EXPECT_EQ(service.value("SELECT string_agg(tenant_id::text, ' ') FROM analytics_tenants_to_update('0', "
                            "'1 hour', '2 hours')"),
              bea.text() + " " + ada.text());
    EXPECT_EQ(upkeep.update(ages).days, 1);
    EXPECT_EQ(owner.value("SELECT visits FROM daily WHERE dimension = 0 AND tenant_id = '" + ada.text() +
                          "' ORDER BY day LIMIT 1"),
              "2");
}

TEST_F(Analytics, OneDayOfATenantIsSummedUpInARoundTheSmallestFirst) {
    record({ada, 0}, {"page_view"});
    record({ada, 1}, {"page_view"});
    refresh();
    owner.done("UPDATE daily SET visits = 1000 WHERE dimension = 0 AND day = (SELECT min(day) FROM daily)");
    record({ada, 0}, {"page_view"});
    record({ada, 1}, {"page_view"});
    AnalyticsUpkeep upkeep(renderer);
    UpkeepReport report = upkeep.update(AnalyticsUpkeep::at_once);
    EXPECT_EQ(report.days, 1);
    EXPECT_TRUE(report.more);
    EXPECT_EQ(owner.value("SELECT string_agg(visits::text, ' ' ORDER BY day) FROM daily WHERE dimension = 0"),
              "1000 2");
    report = upkeep.update(AnalyticsUpkeep::at_once);
    EXPECT_EQ(report.days, 1);
    EXPECT_EQ(owner.value("SELECT count(*) FROM dirty_days"), "0");
    EXPECT_FALSE(upkeep.update(AnalyticsUpkeep::at_once).more);
}

TEST_F(Analytics, ASkippedTenantIsLeftAlone) {
    record({ada, 0}, {"page_view"});
    record({bea, 0}, {"page_view"});
    EXPECT_EQ(
        AnalyticsUpkeep(renderer).update(AnalyticsUpkeep::at_once, AnalyticsUpkeep::max_visits, {ada}).visits,
        1);
    EXPECT_EQ(store.totals(bea, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 0);
}

TEST_F(Analytics, AMonthIsMadeWhileSomebodyReadsTheFacts) {
    Sql reader{database.companion_url()};
    pqxx::work held(reader.connection());
    held.exec("SELECT count(*) FROM visit_facts");
    held.exec("SELECT count(*) FROM events");
    Sql impatient{database.owner_url()};
    impatient.done("SET lock_timeout = '200ms'");
    EXPECT_EQ(impatient.done("SELECT analytics_make_months('2040-01-01', '2040-03-01')").message, "");
    EXPECT_EQ(impatient.done("SELECT events_make_partitions('2040-01-01', 3)").message, "");
    EXPECT_EQ(
        impatient.value("SELECT count(*) FROM pg_inherits WHERE inhrelid::regclass::text ~ '_2040_0[123]$'"),
        "6");
}

TEST_F(Analytics, MonthsOfFactsAreThereAYearAhead) {
    Sql(database.renderer_url()).value("SELECT made FROM retention_partitions(now())");
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM generate_series(-1, 12) AS n WHERE to_regclass('visit_facts_' || "
                    "to_char((now() AT TIME ZONE 'UTC') + make_interval(months => n), 'YYYY_MM')) IS NULL"),
        "0");
}

TEST_F(Analytics, OneJobIsAtWorkAtATime) {
    record({ada, 0}, {"page_view"});
    Sql other{database.owner_url()};
    auto job = std::make_unique<pqxx::work>(other.connection());
    job->exec("SELECT FROM job_locks WHERE name = 'analytics' FOR UPDATE");
    EXPECT_TRUE(AnalyticsUpkeep(renderer).update(AnalyticsUpkeep::at_once).busy);
    EXPECT_EQ(error_of([&] { AnalyticsUpkeep(people).update_all(); })->kind(), ErrorKind::Conflict);
    job.reset();
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
}

TEST_F(Analytics, ValuesBeyondTheHundredOfADayAreCountedTogether) {
    for (int number = 0; number < 103; ++number) {
        record({ada, 0, number, {}, "google", "mobile", "AU", "campaign" + std::to_string(number)},
               {"page_view"});
    }
    record({ada, 0, 200, {}, "google", "mobile", "AU", "campaign102"}, {"page_view"});
    refresh();
    EXPECT_EQ(difference(), "");
    const auto rows = store.breakdown(ada, days(0, 0), Dimension::Campaign, 200);
    ASSERT_EQ(rows.size(), 101U);
    EXPECT_EQ(rows[0].value, other_values);
    EXPECT_EQ(rows[0].totals.visits, 3);
    EXPECT_EQ(rows[1].value, "campaign102") << "the most frequent keep their names";
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 104);
}

TEST_F(Analytics, TodayIsComparedWithAsMuchOfAnotherDay) {
    record({ada, 0, 3600}, {"page_view"});
    record({ada, 0, 5 * 3600}, {"page_view"});
    record({ada, 1, 3600 + 59}, {"page_view"});
    refresh();
    DateRange range = days(0, 1);
    range.last_day_until = std::chrono::minutes(60);
    EXPECT_EQ(store.totals(ada, range).visits, 2);
    range.last_day_until = std::chrono::minutes(61);
    EXPECT_EQ(store.totals(ada, range).visits, 3);
    EXPECT_EQ(store.visitors(ada, range), 3);
    EXPECT_EQ(store.totals({}, range).visits, 3);
    range.to = range.from;
    EXPECT_EQ(store.totals(ada, range).visits, 1);
    EXPECT_EQ(store.totals(ada, range, {.source = "instagram", .device = "mobile"}).visits, 1);
    EXPECT_EQ(store.trend(ada, range, Grain::Hour)[5].totals.visits, 0);
    EXPECT_EQ(store.heat_map(ada, range).size(), 1U);
}

TEST_F(Analytics, ValuesOfDifferentCurrenciesAreNotAdded) {
    for (const models::TenantId &tenant : {ada, bea}) {
        owner.done("UPDATE bookings SET value_minor = 150000 WHERE id = '" +
                   book(record({tenant, 0}, {"page_view"})) + "'");
    }
    owner.done("ALTER TABLE tenants DISABLE TRIGGER USER; UPDATE tenants SET content_config = "
               "jsonb_set(content_config, '{pricing}', '{\"currency\": \"EUR\"}') WHERE id = '" +
               bea.text() + "'");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).value, 1500);
    EXPECT_EQ(store.totals({}, days(0, 0)).value, 0);
    EXPECT_EQ(store.totals({}, days(0, 0)).bookings, 2);
    const auto values = store.values({}, days(0, 0));
    ASSERT_EQ(values.size(), 2U);
    EXPECT_EQ(values[0].currency + " " + values[1].currency, "AUD EUR");
    EXPECT_EQ(values[0].value, 1500);
    EXPECT_EQ(values[1].value, 1500);
    EXPECT_EQ(store.platform(days(0, 0)).tenants.at(0).totals.value, 1500);
}

TEST_F(Analytics, ABookingCountsAtTheVisitThatLedToIt) {
    const TrackedSession first =
        record({ada, 0, 0, uuid_of(900), "instagram"}, {"page_view", "photo_click", "pricing_view"});
    const TrackedSession second = record({ada, 0, 7200, uuid_of(900), "direct"}, {"page_view"});
    const std::string booking = book(second);
    owner.done("UPDATE bookings SET source_visit_id = '" + first.id.text() + "' WHERE id = '" + booking +
               "'");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0), {.source = "instagram"}).bookings, 1);
    EXPECT_EQ(store.totals(ada, days(0, 0)).bookings, 1);
    EXPECT_THAT(store.funnel(ada, days(0, 0)).at(0).visits, ElementsAre(2, 1, 1, 1, 1))
        << "the form that was sent later belongs to the visit that led to it";
    EXPECT_EQ(difference(), "");
    owner.done("UPDATE bookings SET source_visit_id = NULL WHERE id = '" + booking + "'");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0), {.source = "instagram"}).bookings, 0);
    EXPECT_EQ(store.totals(ada, days(0, 0)).bookings, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, AnExperimentRunsForWholeDaysOfTheTenantsClock) {
    const std::string test = running_test();
    owner.done("UPDATE tenant_settings_history SET zone = 'Australia/Sydney' WHERE tenant_id = '" +
               ada.text() + "'");
    owner.done("UPDATE ab_test_phases SET started_at = " + sql_time(at(0, 20 * 3600)) + "");
    show(record({ada, 0, 20 * 3600}, {"page_view"}), "control", 60); // the second day in Sydney
    show(record({ada, 2}, {"page_view"}), "modern", 60);
    ExperimentCounts counts = store.experiment(test);
    EXPECT_EQ(counts.first_day, day(1));
    ASSERT_EQ(counts.days.size(), 2U);
    EXPECT_EQ(counts.days[0].day, day(1));
    counts.today = day(9);
    models::Experiment experiment;
    experiment.variants = {{"control", "", 0.5, {}}, {"modern", "", 0.5, {}}};
    const auto input = evaluation_input(experiment, counts);
    EXPECT_EQ(input.days_running, 7) << "a whole week";
    ASSERT_EQ(input.looks.size(), 1U);
    EXPECT_EQ(input.looks[0].days, 0) << "the day on which it began is not whole";
    EXPECT_EQ(input.looks[0].arms[0].visitors, 1);
}

TEST_F(Analytics, ASlowQuestionCanBeCancelledFromAnotherThread) {
    Session slow(database.operator_url());
    Sql other{database.owner_url()};
    auto lock = std::make_unique<pqxx::work>(other.connection());
    lock->exec("LOCK TABLE dirty_days IN ACCESS EXCLUSIVE MODE");
    std::promise<std::optional<Error>> outcome;
    std::thread asker(
        [&] { outcome.set_value(error_of([&] { AnalyticsStore(slow).visitors(ada, days(0, 9)); })); });
    auto answer = outcome.get_future();
    while (answer.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
        slow.cancel();
    }
    asker.join();
    const auto error = answer.get();
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->sqlstate(), "57014");
    lock.reset();
    EXPECT_EQ(AnalyticsStore(slow).visitors(ada, days(0, 9)), 0) << "the session goes on";
}

} // namespace

} // namespace studio::db
