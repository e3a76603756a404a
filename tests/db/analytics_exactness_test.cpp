// SPDX-License-Identifier: Apache-2.0
// The sums are what the raw rows make, whatever happens to those.
#include "db/booking_request_store.h"
#include "db/privacy_store.h"
#include "tests/db/analytics_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <future>
#include <map>
#include <random>

namespace studio::db {

namespace {

using testing::HasSubstr;

// However the question is put, it is answered from other sums or rows.
class AnalyticsOfRandomVisits : public Analytics {
protected:
    void expect_the_parts_to_be_the_whole(const AnalyticsFilter &filter, DateRange range,
                                          const Totals &totals) {
        std::int64_t on_days = 0, of_campaigns = 0, in_hours = 0;
        for (const TrendPoint &point : store.trend(ada, range, Grain::Day, filter))
            on_days += point.totals.visits;
        for (const HeatCell &cell : store.heat_map(ada, range, filter))
            in_hours += cell.visits;
        for (const BreakdownRow &row : store.breakdown(ada, range, Dimension::Campaign, 99, filter))
            of_campaigns += row.totals.visits;
        EXPECT_EQ(on_days, totals.visits);
        EXPECT_EQ(in_hours, totals.visits);
        EXPECT_EQ(of_campaigns, totals.visits);
        std::vector<std::string> listed;
        for (auto page = store.visits(ada, range, filter, 20); !page.empty();
             page = store.visits(ada, range, filter, 20, page.back()))
            for (const VisitRow &visit : page)
                listed.push_back(visit.session_id);
        EXPECT_EQ(static_cast<std::int64_t>(listed.size()), totals.visits);
        std::sort(listed.begin(), listed.end());
        EXPECT_EQ(std::adjacent_find(listed.begin(), listed.end()), listed.end());
    }

    // What the list of visits holds, against the sums that answer the same filter.
    void expect_the_list_to_be_the_sums(const AnalyticsFilter &filter, DateRange range) {
        std::map<std::string, std::int64_t> by_page, by_path, by_cell, by_month;
        std::string ids = "'{";
        for (const VisitRow &visit : store.visits(ada, range, filter, 9999)) {
            ids += (ids.size() > 2 ? "," : "") + visit.session_id;
            for (const std::string &page : visit.pages)
                ++by_page[page];
            ++by_path[fmt::format("{}", fmt::join(visit.path, " "))];
            const auto hour =
                std::chrono::floor<std::chrono::hours>(std::chrono::sys_time<std::chrono::microseconds>(
                    std::chrono::microseconds(visit.started_us)));
            ++by_cell[fmt::format("{} {}", std::chrono::weekday(visit.day).iso_encoding() - 1,
                                  (hour - visit.day).count())];
            const std::chrono::year_month_day date{visit.day};
            const std::chrono::sys_days first = date.year() / date.month() / 1;
            ++by_month[std::to_string(
                std::chrono::microseconds(std::max(first, range.from).time_since_epoch()).count())];
        }
        std::map<std::string, std::int64_t> pages, paths, cells, months, visitors, visitors_wanted;
        for (const BreakdownRow &row : store.breakdown(ada, range, Dimension::Page, 99, filter)) {
            pages[row.value] = row.totals.visits;
            visitors[row.value] = row.totals.visitors;
            visitors_wanted[row.value] = std::stoll(owner.value(
                fmt::format("SELECT count(DISTINCT visitor) FROM visit_facts WHERE session_id = ANY ({}}}') "
                            "AND '{}' = ANY (pages)",
                            ids, row.value)));
        }
        for (const Journey &journey : store.journeys(ada, range, 999, filter))
            paths[fmt::format("{}", fmt::join(journey.steps, " "))] = journey.visits;
        for (const HeatCell &cell : store.heat_map(ada, range, filter))
            if (cell.visits > 0)
                cells[fmt::format("{} {}", cell.weekday, cell.hour)] = cell.visits;
        std::int64_t visitors_of_months = 0;
        for (const TrendPoint &point : store.trend(ada, range, Grain::Month, filter)) {
            if (point.totals.visits > 0)
                months[std::to_string(point.start_us)] = point.totals.visits;
            visitors_of_months += point.totals.visitors;
        }
        EXPECT_EQ(pages, by_page);
        EXPECT_EQ(visitors, visitors_wanted);
        EXPECT_EQ(paths, by_path);
        EXPECT_EQ(cells, by_cell);
        EXPECT_EQ(months, by_month);
        EXPECT_EQ(std::to_string(visitors_of_months),
                  owner.value(fmt::format("SELECT count(DISTINCT (date_trunc('month', day), visitor)) FROM "
                                          "visit_facts WHERE session_id = ANY ({}}}')",
                                          ids)));
        EXPECT_EQ(std::to_string(store.totals(ada, range, filter).visitors),
                  owner.value(fmt::format("SELECT count(DISTINCT visitor) FROM visit_facts WHERE session_id "
                                          "= ANY ({}}}')",
                                          ids)));
    }
};

TEST_F(Analytics, LateRepeatedAndErasedEventsLeaveTheSumsExact) {
    const TrackedSession visit = record({ada, 0}, {"page_view"});
    refresh();
    TrackedEvent late = event_of(visit, next_id(), "photo_click");
    late.at_us = at(1);
    TrackingStore(renderer).record({{visit}, {late}, {}});
    TrackingStore(renderer).record({{visit}, {late}, {}});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).engaged_visits, 1);
    EXPECT_EQ(store.totals(ada, days(1, 1)), Totals{});
    EXPECT_EQ(difference(), "");
    owner.done("DELETE FROM events WHERE id = '" + late.id + "'");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).engaged_visits, 0);
    EXPECT_EQ(difference(), "");
    PrivacyStore(people).forget_session(ada, visit.id);
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)), Totals{});
    EXPECT_EQ(owner.value("SELECT (SELECT count(*) FROM visit_facts) + (SELECT count(*) FROM rollup_hours) + "
                          "(SELECT count(*) "
                          "FROM rollup_days) + (SELECT count(*) FROM rollup_months) + (SELECT count(*) FROM "
                          "rollup_combined) + "
                          "(SELECT count(*) FROM rollup_combinations)"),
              "0");
}

TEST_F(Analytics, BotsAndCancelledBookingsStopCountingAndCountAgain) {
    const TrackedSession visit = record({ada, 0, 0, uuid_of(900)}, {"page_view"});
    show(visit, "modern");
    const std::string booking = book(visit);
    const auto count = [&] {
        refresh();
        EXPECT_EQ(difference(), "");
        const Totals totals = store.totals(ada, days(0, 0));
        return fmt::format("{} {} {} {}", totals.visits, totals.visitors, totals.bookings,
                           store.arms(running_test())[1].conversions);
    };
    EXPECT_EQ(count(), "1 1 1 1");
    owner.done("UPDATE sessions SET bot_class = 'headless'");
    EXPECT_EQ(count(), "0 0 0 0");
    owner.done("UPDATE sessions SET bot_class = NULL");
    EXPECT_EQ(count(), "1 1 1 1");
    owner.done("UPDATE bookings SET status = 'spam' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 0 0");
    owner.done("UPDATE bookings SET status = 'pending' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 1 1");
    owner.done("UPDATE bookings SET status = 'cancelled' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 0 0");
}

TEST_F(Analytics, ABookingStaysCountedWhenItsVisitIsForgotten) {
    book(record({ada, 0}, {"page_view"}));
    refresh();
    PrivacyStore(people).erase_email(ada, "client@example.com");
    refresh();
    const Totals totals = store.totals(ada, days(0, 0));
    EXPECT_EQ(totals.visits, 0);
    EXPECT_EQ(totals.visitors, 0);
    EXPECT_EQ(totals.bookings, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ABookingThatTheServiceStoresIsCountedWithItsVisit) {
    BookingRequestStore bookings(renderer);
    BookingRequest request;
    request.tenant_id = ada;
    request.client_name = "N. Client";
    request.client_email = "client@example.com";
    request.client_key = std::string(32, 'c');
    const auto add = [&](const TrackedSession &visit) {
        request.idempotency_key = next_id();
        request.session = visit;
        request.session_id = visit.id;
        return bookings.add(request).outcome;
    };
    const TrackedSession known = record({ada, 0}, {"page_view"});
    refresh();
    EXPECT_EQ(add(known), BookingOutcome::Added);
    TrackedSession fresh = known;
    fresh.id = next_id();
    EXPECT_EQ(add(fresh), BookingOutcome::Added);
    EXPECT_EQ(add({}), BookingOutcome::Added);
    EXPECT_EQ(owner.value("SELECT count(DISTINCT session_id) FROM analytics_dirty"), "3");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 2);
    EXPECT_EQ(store.totals(ada, days(0, 0)).bookings, 2);
    EXPECT_EQ(store.totals(ada, days(0, 100)).bookings, 3);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, AVisitorWhoConsentsLaterIsOneVisitor) {
    TrackedSession visit = record({ada, 0}, {"page_view"});
    record({ada, 1, 0, uuid_of(900)}, {"page_view"});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 1)).visitors, 2);
    visit.consented = true;
    visit.visitor_id = uuid_of(900);
    TrackingStore(renderer).record({{visit}, {}, {}});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 1)).visitors, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, HoursAndDaysAreTheTenantsOwn) {
    owner.done("UPDATE tenant_settings_history SET zone = 'Asia/Kathmandu' WHERE tenant_id = '" + ada +
               "'"); // +05:45
    record({ada, 0, 18 * 3600 + 14 * 60}, {"page_view"});
    record({ada, 0, 18 * 3600 + 15 * 60}, {"page_view"});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(1, 1)).visits, 1);
    const auto hours = store.trend(ada, days(1, 1), Grain::Hour);
    ASSERT_EQ(hours.size(), 24U);
    EXPECT_EQ(hours[0].start_us, at(0, 18 * 3600 + 15 * 60));
    EXPECT_EQ(hours[0].totals.visits, 1);
    EXPECT_EQ(store.heat_map(ada, days(0, 0)).at(0).hour, 23);
    EXPECT_EQ(store.trend(ada, days(0, 1), Grain::Day)[1].start_us, hours[0].start_us);
}

TEST_F(Analytics, DaysOnWhichClocksAreChangedHaveTheirOwnHours) {
    owner.done("UPDATE tenant_settings_history SET zone = 'Australia/Sydney' WHERE tenant_id = '" + ada +
               "'");
    owner.done("SELECT events_make_partitions('2026-04-01', 7)");
    const auto visit_at = [&](const char *moment) {
        owner.done(std::string("INSERT INTO sessions (tenant_id, created_at) VALUES ('") + ada + "', '" +
                   moment + "')");
    };
    const auto day_of = [](int year, unsigned month, unsigned date) {
        return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                                     static_cast<int>(date));
    };
    visit_at("2026-04-04T15:30:00Z"); // 02:30, daylight-saving time
    visit_at("2026-04-04T16:30:00Z"); // 02:30 again
    visit_at("2026-10-03T15:59:00Z"); // 01:59
    visit_at("2026-10-03T16:00:00Z"); // 03:00
    refresh();
    const auto longer = store.trend(ada, {day_of(2026, 4, 5), day_of(2026, 4, 5)}, Grain::Hour);
    ASSERT_EQ(longer.size(), 25U);
    EXPECT_EQ(longer[2].totals.visits, 1);
    EXPECT_EQ(longer[3].totals.visits, 1);
    const auto shorter = store.trend(ada, {day_of(2026, 10, 4), day_of(2026, 10, 4)}, Grain::Hour);
    ASSERT_EQ(shorter.size(), 23U);
    EXPECT_EQ(shorter[1].totals.visits, 1);
    EXPECT_EQ(shorter[2].totals.visits, 1);
    const auto twice = store.heat_map(ada, {day_of(2026, 4, 5), day_of(2026, 4, 5)});
    ASSERT_EQ(twice.size(), 1U);
    EXPECT_EQ(twice[0].hour, 2);
    EXPECT_EQ(twice[0].visits, 2);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, AChangeOfZoneCountsFromItsMoment) {
    record({ada, 0, 23 * 3600}, {"page_view"});
    owner.done("INSERT INTO tenant_settings_history SELECT tenant_id, studio_time(" + std::to_string(at(2)) +
               "), 'Australia/Sydney', hosts FROM tenant_settings_history WHERE tenant_id = '" + ada + "'");
    record({ada, 3, 23 * 3600}, {"page_view"});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(4, 4)).visits, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, PublishingAnotherZoneIsRememberedWithItsMoment) {
    owner.done("INSERT INTO sessions (tenant_id, created_at) VALUES ('" + ada + "', now())");
    owner.done("INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, "
               "photos_config) SELECT "
               "tenant_id, 2, 1, theme_config, (content_config::jsonb || '{\"location\": {\"timezone\": "
               "\"Europe/London\"}}')::json, photos_config FROM revisions WHERE tenant_id = '" +
               ada + "'");
    const auto published = owner.done("UPDATE tenants SET published_revision = 2 WHERE id = '" + ada + "'");
    ASSERT_EQ(published.sqlstate, "") << published.message;
    EXPECT_EQ(
        owner.value(
            "SELECT string_agg(zone, ' ' ORDER BY since) FROM tenant_settings_history WHERE tenant_id = '" +
            ada + "'"),
        "UTC Europe/London");
}

TEST_F(AnalyticsOfRandomVisits, AddUpToADirectCountInEveryRange) {
    std::mt19937 random(7);
    const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    const char *sources[] = {"instagram", "google", "direct"}, *devices[] = {"mobile", "desktop"},
               *countries[] = {"AU", "NZ"};
    const char *types[] = {"page_view", "photo_click", "pricing_view", "form_start", "page_view /book"};
    for (int number = 0; number < 250; ++number) {
        std::vector<std::string> events;
        for (int step = pick(6); step >= 0; --step)
            events.emplace_back(types[pick(5)]);
        const TrackedSession visit =
            record({pick(4) == 0 ? bea : ada, pick(24), pick(80000),
                    pick(3) == 0 ? std::string() : uuid_of(900000 + static_cast<unsigned>(pick(40))),
                    sources[pick(3)], devices[pick(2)], countries[pick(2)]},
                   events);
        if (pick(5) == 0)
            book(visit);
        if (pick(40) == 0)
            refresh();
    }
    owner.done(
        "UPDATE sessions SET bot_class = 'ai' WHERE id IN (SELECT id FROM sessions ORDER BY id LIMIT 20)");
    owner.done("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions ORDER BY id DESC LIMIT 20)");
    refresh();
    EXPECT_EQ(difference(), "");
    for (int round = 0; round < 60; ++round) {
        const int from = pick(60) - 30, to = from + pick(60);
        const std::string source = pick(2) == 0 ? "" : sources[pick(3)],
                          device = pick(2) == 0 ? "" : devices[pick(2)],
                          country = pick(2) == 0 ? "" : countries[pick(2)];
        const AnalyticsFilter filter{.source = source, .device = device, .country = country};
        const Totals totals = store.totals(ada, days(from, to), filter);
        EXPECT_EQ(
            fmt::format("{} {} {}", totals.visits, totals.visitors, totals.bookings),
            owner.value(fmt::format(
                "SELECT concat_ws(' ', count(*), count(DISTINCT coalesce(visitor_id, id)), (SELECT count(*) "
                "FROM bookings b "
                "WHERE b.session_id = ANY (array_agg(s.id)) OR b.session_id IS NULL AND b.tenant_id = '{0}' "
                "AND "
                "b.created_at >= studio_time({1}) AND b.created_at < studio_time({2}) AND '{3}{4}{5}' = '')) "
                "FROM "
                "sessions s WHERE tenant_id = '{0}' AND bot_class IS NULL AND created_at >= studio_time({1}) "
                "AND "
                "created_at < studio_time({2}) AND '{3}' IN ('', utm_source) AND '{4}' IN ('', device_type) "
                "AND "
                "'{5}' IN ('', country)",
                ada, at(from), at(to + 1), source, device, country)))
            << from << " " << to << " " << source << " " << device << " " << country;
        expect_the_parts_to_be_the_whole(filter, days(from, to), totals);
    }
}

TEST_F(AnalyticsOfRandomVisits, AreTheSameInTheListAndInEverySumOfAnyFilter) {
    std::mt19937 random(11);
    const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    const char *sources[] = {"instagram", "google"}, *devices[] = {"mobile", "desktop"},
               *countries[] = {"AU", "NZ"}, *pages[] = {"/", "/book", "/privacy"},
               *arms[] = {"control", "modern"};
    for (int number = 0; number < 150; ++number) {
        std::vector<std::string> events;
        for (int step = pick(4); step >= 0; --step)
            events.push_back(pick(3) == 0 ? "photo_click"
                                          : std::string("page_view ") + pages[pick(pick(2) ? 1 : 3)]);
        const TrackedSession visit =
            record({ada, pick(50), pick(80000),
                    pick(2) == 0 ? std::string() : uuid_of(900000 + static_cast<unsigned>(pick(30))),
                    sources[pick(2)], devices[pick(2)], countries[pick(2)], pick(2) ? "spring" : ""},
                   events);
        if (pick(2) == 0)
            show(visit, arms[pick(2)]);
        if (pick(5) == 0)
            book(visit);
        if (pick(30) == 0)
            refresh();
    }
    refresh();
    for (const bool rebuilt : {false, true}) {
        if (rebuilt) {
            ASSERT_EQ(owner.done("SELECT analytics_rebuild('" + ada + "')").sqlstate, "");
        }
        EXPECT_EQ(difference(), "");
        for (int round = 0; round < 60; ++round) {
            AnalyticsFilter filter;
            if (pick(2) == 0)
                filter.source = sources[pick(2)];
            if (pick(3) == 0)
                filter.device = devices[pick(2)];
            if (pick(3) == 0)
                filter.country = countries[pick(2)];
            if (pick(3) == 0)
                filter.campaign = "spring";
            if (pick(3) == 0)
                filter.page = pages[pick(3)];
            if (pick(3) == 0)
                filter.test_id = running_test();
            if (pick(2) == 0 && !filter.test_id.empty())
                filter.variant_id = arms[pick(2)];
            const int from = pick(60) - 5;
            expect_the_list_to_be_the_sums(filter, days(from, from + pick(60)));
        }
    }
}

TEST_F(Analytics, SeveralWritersAndSeveralRefreshersAtOnceLoseNothing) {
    std::vector<TrackedSession> visits;
    for (int number = 0; number < 40; ++number)
        visits.push_back(record({ada, number % 5, number, number % 2 ? uuid_of(900) : std::string()}, {}));
    const auto write = [&](unsigned writer) {
        Session session(database.renderer_url());
        for (unsigned round = 0; round < 20; ++round) {
            TrackedBatch batch;
            for (unsigned number = 0; number < 40; ++number) {
                TrackedEvent event =
                    event_of(visits[number], uuid_of(1'000'000 + (writer * 20 + round) * 40 + number));
                event.at_us = visits[number].started_us + writer * 1000 + round;
                batch.events.push_back(event);
            }
            TrackingStore(session).record(batch);
        }
    };
    const auto renew = [&] {
        Session session(database.renderer_url());
        for (int round = 0; round < 60; ++round)
            AnalyticsStore(session).refresh(50);
    };
    std::vector<std::future<void>> all;
    for (unsigned writer = 0; writer < 3; ++writer)
        all.push_back(std::async(std::launch::async, write, writer));
    all.push_back(std::async(std::launch::async, renew));
    all.push_back(std::async(std::launch::async, renew));
    for (auto &one : all)
        one.get();
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 9)).page_views, 3 * 20 * 40);
    EXPECT_EQ(store.totals(ada, days(0, 9)).visitors, 21);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ARebuildMakesTheSameAndPlantedDifferencesAreFound) {
    for (int number = 0; number < 30; ++number) {
        const TrackedSession visit =
            record({ada, number % 9, number * 100, number % 3 ? std::string() : uuid_of(900)},
                   {"page_view", "photo_click"});
        show(visit, number % 2 ? "modern" : "control");
        if (number % 4 == 0)
            book(visit);
    }
    refresh();
    ASSERT_EQ(difference(), "");
    for (const char *change :
         {"UPDATE visit_facts SET seconds = seconds + 1 WHERE session_id = (SELECT "
          "min(session_id::text)::uuid FROM visit_facts)",
          "UPDATE rollup_hours SET visits = visits + 1", "DELETE FROM rollup_days WHERE dimension = 4",
          "UPDATE rollup_months SET bookings = 0",
          "UPDATE rollup_days SET returns[1] = returns[1] + 1 WHERE returns IS NOT NULL AND dimension = 14",
          "UPDATE rollup_days SET hours = NULL WHERE dimension = 3",
          "UPDATE rollup_months SET ways[1] = ways[1] + 1 WHERE dimension = 8",
          "UPDATE visit_lists SET list = ARRAY['/other'] WHERE number = (SELECT min(number) FROM "
          "visit_lists)",
          "UPDATE arm_visitors SET variant_id = 'x'", "DELETE FROM rollup_arms",
          "UPDATE booking_facts SET service = 'x'", "UPDATE rollup_services SET bookings = bookings + 1",
          "UPDATE rollup_combinations SET device = 'x'", "UPDATE rollup_combined SET known = known + 1",
          "UPDATE rollup_combined SET views[1] = views[1] + 1 WHERE whole_month",
          "UPDATE rollup_combined SET hours[1] = hours[1] + 1",
          "UPDATE rollup_combined SET ways = NULL WHERE NOT whole_month"}) {
        const auto planted = owner.done(change);
        ASSERT_EQ(planted.sqlstate, "") << planted.message;
        ASSERT_GT(planted.rows, 0U) << change;
        EXPECT_NE(difference(), "") << change;
        owner.done("SELECT analytics_rebuild('" + ada + "')");
        EXPECT_EQ(difference(), "") << change;
    }
    EXPECT_EQ(store.totals(ada, days(0, 9)).visits, 30);
}

} // namespace

} // namespace studio::db
