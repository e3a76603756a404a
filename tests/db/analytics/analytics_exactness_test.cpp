// SPDX-License-Identifier: Apache-2.0
// The sums are what the raw rows make, whatever happens to those.
#include "db/bookings/booking_request_store.h"
#include "db/stores/privacy_store.h"
#include "tests/db/fixtures/analytics_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <future>

namespace studio::db {

namespace {

using testing::HasSubstr;

TEST_F(Analytics, LateRepeatedAndErasedEventsLeaveTheSumsExact) {
    const TrackedSession visit = record({ada, 0, 0, uuid_of(900)}, {"page_view"});
    refresh();
    TrackedEvent late = event_of(visit, next_id(), "photo_click");
    late.at = at(1);
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
    EXPECT_EQ(
        owner.value("SELECT (SELECT count(*) FROM visit_facts) + (SELECT count(*) FROM daily) + (SELECT "
                    "count(*) FROM hourly)"),
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
        return fmt::format("{} {} {} {} {}", totals.visits, store.visitors(ada, days(0, 0)), totals.bookings,
                           store.experiment(running_test()).variants[1].conversions,
                           store.requests_without_visit(ada, days(0, 100)).bookings);
    };
    EXPECT_EQ(count(), "1 1 1 1 0");
    owner.done("UPDATE sessions SET bot_class = 'headless'");
    EXPECT_EQ(count(), "0 0 0 0 1");
    owner.done("UPDATE sessions SET bot_class = NULL");
    EXPECT_EQ(count(), "1 1 1 1 0");
    owner.done("UPDATE bookings SET status = 'spam' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 0 0 0");
    owner.done("UPDATE bookings SET status = 'pending' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 1 1 0");
    owner.done("UPDATE bookings SET status = 'cancelled' WHERE id = '" + booking + "'");
    EXPECT_EQ(count(), "1 1 0 0 0");
}

TEST_F(Analytics, RequestsWithoutACountedVisitStandAloneInEveryFigure) {
    book(record({ada, 0, 0, uuid_of(900), "instagram"}, {"page_view"}), "Dinner");
    const TrackedSession crawler = record({ada, 0, 7200, uuid_of(901), "instagram"}, {"page_view"});
    const TrackedSession erased = record({ada, 0, 14400, uuid_of(902), "instagram"}, {"page_view"});
    for (const TrackedSession &visit : {crawler, erased}) {
        owner.done("UPDATE bookings SET value_minor = 5000 WHERE id = '" + book(visit, "Dinner") + "'");
        owner.done("UPDATE bookings SET status = 'cancelled' WHERE id = '" + book(visit) + "'");
        owner.done("UPDATE bookings SET status = 'spam' WHERE id = '" + book(visit) + "'");
    }
    owner.done("UPDATE sessions SET bot_class = 'ai' WHERE id = '" + crawler.id.text() + "'");
    owner.done("DELETE FROM sessions WHERE id = '" + erased.id.text() + "'");
    const auto figures = [&] {
        const DateRange range = days(0, 100);
        std::int64_t of_sources = 0, of_services = 0, of_hours = 0, of_days = 0;
        for (const BreakdownRow &row : store.breakdown(ada, range, Dimension::Source, 10)) {
            of_sources += row.totals.bookings;
        }
        for (const BookingServiceRow &row : store.bookings_by_service(ada, range)) {
            of_services += row.bookings + 10 * row.cancelled;
        }
        for (const HeatCell &cell : store.heat_map(ada, range)) {
            of_hours += cell.bookings;
        }
        for (const TrendPoint &point : store.trend(ada, range, Grain::Day)) {
            of_days += point.totals.bookings;
        }
        const PlatformFigures all = store.platform(range);
        const PlatformTenant platform = *std::ranges::find(all.tenants, ada, &PlatformTenant::tenant_id);
        return fmt::format("{} {} {} {} {} {} {}", store.totals(ada, range).bookings, of_sources, of_services,
                           of_hours, of_days, platform.totals.bookings, platform.requests_without_visit);
    };
    for (const bool in_sums : {false, true}) {
        in_sums ? refresh() : refresh_facts();
        EXPECT_EQ(figures(), "1 1 1 1 1 1 2") << in_sums;
        EXPECT_EQ(store.requests_without_visit(ada, days(0, 100)), (RequestsWithoutVisit{2, 2, 100}))
            << in_sums;
        EXPECT_EQ(store.requests_without_visit({}, days(0, 100)), (RequestsWithoutVisit{2, 2, 0}));
    }
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ABookingWhoseVisitIsForgottenStandsAlone) {
    book(record({ada, 0, 0, uuid_of(900)}, {"page_view"}));
    refresh();
    PrivacyStore(people).erase_email(ada, "client@example.com");
    refresh();
    const Totals totals = store.totals(ada, days(0, 0));
    EXPECT_EQ(totals.visits, 0);
    EXPECT_EQ(store.visitors(ada, days(0, 0)), 0);
    EXPECT_EQ(totals.bookings, 0);
    EXPECT_EQ(store.requests_without_visit(ada, days(0, 0)).bookings, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, AVisitWithoutConsentStaysCountedWhenTheBookingIsErased) {
    book(record({ada, 0}, {"page_view"}));
    refresh();
    PrivacyStore(people).erase_email(ada, "client@example.com");
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE session_id IS NULL"), "1");
    refresh();
    const Totals totals = store.totals(ada, days(0, 0));
    EXPECT_EQ(totals.visits, 1) << "it may be several people's";
    EXPECT_EQ(totals.bookings, 0) << "nothing says any more which visit it was";
    EXPECT_EQ(store.requests_without_visit(ada, days(0, 0)).bookings, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ABookingThatTheServiceStoresIsCountedWithItsVisit) {
    BookingRequestStore bookings(renderer);
    NewBooking request;
    request.tenant_id = ada;
    request.client_name = "N. Client";
    request.client_email = "client@example.com";
    request.client_key = std::string(32, 'c');
    const auto add = [&](const TrackedSession &visit) {
        request.idempotency_key = next_id();
        request.session = visit;
        request.form_visit_id = visit.id;
        return bookings.add(request).outcome;
    };
    const TrackedSession known = record({ada, 0}, {"page_view"});
    refresh();
    EXPECT_EQ(add(known), BookingOutcome::Added);
    TrackedSession fresh = known;
    fresh.id = models::SessionId(next_id());
    EXPECT_EQ(add(fresh), BookingOutcome::Added);
    EXPECT_EQ(add({}), BookingOutcome::Added);
    EXPECT_EQ(owner.value("SELECT count(DISTINCT visit_id) FROM touched_visits"), "5");
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 2);
    EXPECT_EQ(store.totals(ada, days(0, 0)).bookings, 2);
    EXPECT_EQ(store.totals(ada, days(0, 100)).bookings, 2);
    EXPECT_EQ(store.requests_without_visit(ada, days(0, 100)).bookings, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, AVisitorWhoConsentsLaterIsOneVisitor) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const DateRange lately{today - std::chrono::days(1), today + std::chrono::days(1)};
    const TrackedSession before = visit_of(ada, next_id());
    const TrackedEvent view = event_of(before, next_id());
    TrackingStore(renderer).record({{before}, {view}, {}});
    TrackedSession known = visit_of(ada, next_id());
    known.consented = true;
    known.visitor_id = known.key = uuid_of(900);
    TrackedSession earlier = known;
    earlier.id = models::SessionId(next_id());
    earlier.key.clear();
    TrackingStore(renderer).record({{earlier}, {event_of(earlier, next_id())}, {}});
    refresh();
    EXPECT_EQ(store.visitors(ada, lately), 2);
    EXPECT_EQ(TrackingStore(renderer).accept({known, {view.id}}), 1U);
    refresh();
    EXPECT_EQ(store.visitors(ada, lately), 1);
    EXPECT_EQ(store.totals(ada, lately).visits, 2) << "the visit without consent is empty and gone";
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, HoursAndDaysAreTheTenantsOwn) {
    owner.done("UPDATE tenant_settings_history SET zone = 'Asia/Kathmandu' WHERE tenant_id = '" + ada.text() +
               "'"); // +05:45
    record({ada, 0, 18 * 3600 + 14 * 60}, {"page_view"});
    record({ada, 0, 18 * 3600 + 15 * 60}, {"page_view"});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(1, 1)).visits, 1);
    const auto hours = store.trend(ada, days(1, 1), Grain::Hour);
    ASSERT_EQ(hours.size(), 24U);
    EXPECT_EQ(hours[0].start, at(0, 18 * 3600 + 15 * 60));
    EXPECT_EQ(hours[0].totals.visits, 1);
    EXPECT_EQ(store.heat_map(ada, days(0, 0)).at(0).hour, 23);
    EXPECT_EQ(store.trend(ada, days(0, 1), Grain::Day)[1].start, hours[0].start);
}

TEST_F(Analytics, DaysOnWhichClocksAreChangedHaveTheirOwnHours) {
    owner.done("UPDATE tenant_settings_history SET zone = 'Australia/Sydney' WHERE tenant_id = '" +
               ada.text() + "'");
    owner.done("SELECT events_make_partitions('2026-04-01', 7)");
    const auto visit_at = [&](const char *moment) {
        owner.done(std::string("INSERT INTO sessions (tenant_id, created_at) VALUES ('") + ada.text() +
                   "', '" + moment + "')");
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
    owner.done("INSERT INTO tenant_settings_history SELECT tenant_id, " + sql_time(at(2)) +
               ", 'Australia/Sydney', hosts FROM tenant_settings_history WHERE tenant_id = '" + ada.text() +
               "'");
    record({ada, 3, 23 * 3600}, {"page_view"});
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 0)).visits, 1);
    EXPECT_EQ(store.totals(ada, days(4, 4)).visits, 1);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, PublishingAnotherZoneIsRememberedWithItsMoment) {
    owner.done("INSERT INTO sessions (tenant_id, created_at) VALUES ('" + ada.text() + "', now())");
    owner.done("INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, "
               "photos_config) SELECT "
               "tenant_id, 2, 1, theme_config, (content_config::jsonb || '{\"location\": {\"timezone\": "
               "\"Europe/London\"}}')::json, photos_config FROM revisions WHERE tenant_id = '" +
               ada.text() + "'");
    const auto published =
        owner.done("UPDATE tenants SET published_revision = 2 WHERE id = '" + ada.text() + "'");
    ASSERT_EQ(published.sqlstate, "") << published.message;
    EXPECT_EQ(
        owner.value(
            "SELECT string_agg(zone, ' ' ORDER BY since) FROM tenant_settings_history WHERE tenant_id = '" +
            ada.text() + "'"),
        "UTC Europe/London");
}

TEST_F(Analytics, WhatIsOlderThanTheRetentionGoesAndIsNotMadeAgain) {
    owner.done("SELECT events_make_partitions((now() - interval '25 months')::date, 3)");
    owner.done("INSERT INTO sessions (tenant_id, created_at) VALUES ('" + ada.text() +
               "', now() - interval '23 months 20 days')");
    refresh();
    const auto figures = [&] {
        return owner.value(
            "SELECT concat_ws(' ', (SELECT count(*) FROM visit_facts), (SELECT count(*) FROM daily "
            "WHERE dimension = 0), (SELECT count(*) FROM hourly), (SELECT count(*) FROM pg_inherits "
            "WHERE inhparent = 'visit_facts'::regclass AND inhrelid::regclass::text "
            "< to_char(now() - interval '22 months', '\"visit_facts_\"YYYY_MM')) > 0)");
    };
    EXPECT_EQ(figures(), "1 1 1 t");
    owner.value("SELECT dropped FROM retention_partitions(now() + interval '4 months')");
    EXPECT_EQ(figures(), "0 0 0 f") << "the month went as a partition";
    owner.done("UPDATE sessions SET created_at = now() - interval '25 months'");
    refresh();
    EXPECT_EQ(figures(), "0 0 0 f") << "its session is still there";
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, SeveralWritersAndSeveralRefreshersAtOnceLoseNothing) {
    std::vector<TrackedSession> visits;
    for (int number = 0; number < 40; ++number) {
        visits.push_back(record({ada, number % 5, number, number % 2 ? uuid_of(900) : std::string()}, {}));
    }
    const auto write = [&](unsigned writer) {
        Session session(database.renderer_url());
        for (unsigned round = 0; round < 20; ++round) {
            TrackedBatch batch;
            for (unsigned number = 0; number < 40; ++number) {
                TrackedEvent event =
                    event_of(visits[number], uuid_of(1'000'000 + (writer * 20 + round) * 40 + number));
                event.at = visits[number].started_at + std::chrono::microseconds(writer * 1000 + round);
                batch.events.push_back(event);
            }
            TrackingStore(session).record(batch);
        }
    };
    const auto renew = [&] {
        Session session(database.renderer_url());
        for (int round = 0; round < 60; ++round) {
            AnalyticsUpkeep(session).update(AnalyticsUpkeep::at_once, 50);
        }
    };
    std::vector<std::future<void>> all;
    for (unsigned writer = 0; writer < 3; ++writer) {
        all.push_back(std::async(std::launch::async, write, writer));
    }
    all.push_back(std::async(std::launch::async, renew));
    all.push_back(std::async(std::launch::async, renew));
    for (auto &one : all) {
        one.get();
    }
    refresh();
    EXPECT_EQ(store.totals(ada, days(0, 9)).page_views, 3 * 20 * 40);
    EXPECT_EQ(store.visitors(ada, days(0, 9)), 21);
    EXPECT_EQ(difference(), "");
}

TEST_F(Analytics, ARebuildMakesTheSameAndPlantedDifferencesAreFound) {
    for (int number = 0; number < 30; ++number) {
        const TrackedSession visit =
            record({ada, number % 9, number * 100, number % 3 ? std::string() : uuid_of(900)},
                   {"page_view", "photo_click"});
        show(visit, number % 2 ? "modern" : "control");
        if (number % 4 == 0) {
            book(visit);
        }
    }
    refresh();
    ASSERT_EQ(difference(), "");
    for (const char *change :
         {"UPDATE visit_facts SET seconds = seconds + 1 WHERE visit_id = (SELECT min(visit_id::text)::uuid "
          "FROM "
          "visit_facts)",
          "UPDATE visit_facts SET variants = NULL", "DELETE FROM visit_facts WHERE bookings > 0",
          "INSERT INTO visit_facts SELECT tenant_id, gen_random_uuid(), started_at, visitor, value_minor, "
          "day, "
          "seconds, page_views, minute_of_day, visits, bookings, stage, timed, engaged, bounced, source, "
          "medium, "
          "campaign, device, browser, country FROM visit_facts LIMIT 1",
          "UPDATE hourly SET visits = visits + 1", "DELETE FROM daily WHERE dimension = 4",
          "UPDATE daily SET visitors = visitors + 1 WHERE dimension = 0",
          "UPDATE daily SET bookings = bookings + 1 WHERE dimension = 9",
          "INSERT INTO daily SELECT tenant_id, dimension, day - 1, value, visits, visitors, page_views, "
          "seconds, "
          "timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4 FROM daily "
          "ORDER BY "
          "day LIMIT 1"}) {
        const auto planted = owner.done(change);
        ASSERT_EQ(planted.sqlstate, "") << planted.message;
        ASSERT_GT(planted.rows, 0U) << change;
        EXPECT_NE(difference(), "") << change;
        owner.done("SELECT analytics_rebuild('" + ada.text() + "')");
        EXPECT_EQ(difference(), "") << change;
    }
    EXPECT_EQ(store.totals(ada, days(0, 9)).visits, 30);
}

} // namespace

} // namespace studio::db
