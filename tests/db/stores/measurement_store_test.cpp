// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_upkeep.h"
#include "db/stores/measurement_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

namespace studio::db {

namespace {

using namespace std::chrono_literals;
using test_support::TestDatabase;

const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
const DateRange lately{today - std::chrono::days(2), today};
constexpr const char *replica = "11111111-1111-4111-8111-111111111111";
constexpr const char *other_replica = "22222222-2222-4222-8222-222222222222";

class Measurements : public testing::Test {
protected:
    Measurements() {
        owner.done("SELECT events_make_partitions((now() - interval '40 days')::date, 2)");
        test_support::go_live(people, ada);
        test_support::go_live(people, bea);
    }

    TrackedSession visit(const models::TenantId &tenant, unsigned number, const std::string &bot = {}) {
        TrackedSession session = visit_of(tenant, uuid_of(number));
        session.bot_class = bot;
        return session;
    }
    // One page view of the visit for each time.
    void plant(const TrackedSession &visit, unsigned first_id, const std::vector<int> &times_ms,
               base::Time at = base::now()) {
        TrackedBatch batch{{visit}, {}, {}};
        for (const int ms : times_ms) {
            TrackedEvent event = event_of(visit, uuid_of(first_id++));
            event.data = R"({"url":"/","loadMs":)" + std::to_string(ms) + "}";
            event.at = at;
            batch.events.push_back(event);
        }
        ASSERT_EQ(tracking.record(batch), times_ms.size());
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()}, renderer{database.renderer_url()}, owners{database.owner_url()};
    TrackingStore tracking{renderer};
    MeasurementStore service{renderer}, operators{people};
    Sql owner{database.owner_url()};
};

TEST_F(Measurements, LoadsAreSummedByTenantDayAndBucketOfPeopleOnly) {
    plant(visit(ada, 1), 100, {0, 99, 100, 1999, 2000, 9999, 10000, 600000});
    plant(visit(ada, 2, "search"), 200, {5});
    plant(visit(bea, 3), 300, {450});
    plant(visit(ada, 4), 400, {700}, base::now() - std::chrono::days(1));
    TrackedSession silent = visit(ada, 5);
    tracking.record(
        {{silent}, {event_of(silent, uuid_of(500)), event_of(silent, uuid_of(501), "photo_click")}, {}});
    EXPECT_EQ(service.refresh_page_loads(lately), 3);
    PageLoads expected{9, 0 + 99 + 100 + 1999 + 2000 + 9999 + 10000 + 600000 + 700, {}};
    expected.buckets = {2, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 2};
    EXPECT_EQ(operators.page_loads(ada, lately), expected);
    EXPECT_EQ(operators.page_loads(ada, lately).faster_than(2000), 5);
    EXPECT_EQ(operators.page_loads(ada, {today, today}).loads, 8);
    EXPECT_EQ(operators.page_loads({}, lately).loads, 10);
    Session bea_herself(database.other_companion_url());
    EXPECT_EQ(MeasurementStore(bea_herself).page_loads({}, lately), (PageLoads{1, 450, {0, 0, 0, 1}}));
    EXPECT_EQ(MeasurementStore(bea_herself).page_loads(ada, lately), PageLoads{});
}

TEST_F(Measurements, ARefreshFollowsLateErasedAndReclassifiedVisits) {
    plant(visit(ada, 1), 100, {300, 500});
    plant(visit(bea, 2), 200, {900});
    EXPECT_EQ(service.refresh_page_loads(lately), 2);
    EXPECT_EQ(service.refresh_page_loads(lately), 0) << "nothing has changed";
    plant(visit(ada, 3), 300, {1000}, base::now() - std::chrono::days(1));
    owner.done("UPDATE sessions SET bot_class = 'other' WHERE id = '" + uuid_of(2) + "'");
    owner.done("DELETE FROM events WHERE id = '" + uuid_of(100) + "'");
    EXPECT_EQ(service.refresh_page_loads(lately), 3);
    EXPECT_EQ(operators.page_loads({}, lately).total_ms, 1500);
    EXPECT_EQ(operators.page_loads(bea, lately).loads, 0);
}

// Longer ago than what the service recounts automatically.
TEST_F(Measurements, DaysOfLongAgoFollowWhatIsErasedAndWhatIsFoundOutAsABots) {
    const base::Time long_ago = base::now() - std::chrono::days(9);
    const DateRange then{today - std::chrono::days(10), today - std::chrono::days(8)};
    plant(visit(ada, 1), 100, {300, 500}, long_ago);
    plant(visit(ada, 2), 200, {900}, long_ago);
    plant(visit(bea, 3), 300, {1000}, long_ago);
    ASSERT_EQ(service.refresh_page_loads(then), 2);
    owner.done("DELETE FROM events WHERE session_id = '" + uuid_of(1) + "'");
    owner.done("UPDATE sessions SET bot_class = 'other' WHERE id = '" + uuid_of(3) + "'");
    EXPECT_EQ(service.refresh_page_loads(lately), 2);
    EXPECT_EQ(operators.page_loads(ada, then).total_ms, 900);
    EXPECT_EQ(operators.page_loads(bea, then), PageLoads{});
    EXPECT_EQ(service.refresh_page_loads(lately), 0);
}

TEST_F(Measurements, VerifyTellsADayOfLoadsThatDiffersAndARebuildMendsIt) {
    plant(visit(ada, 1), 100, {300, 500}, base::now() - std::chrono::days(9));
    plant(visit(ada, 2), 200, {900});
    AnalyticsUpkeep upkeep(owners);
    upkeep.rebuild(ada);
    EXPECT_THAT(upkeep.verify(ada), testing::IsEmpty());
    owner.done("UPDATE page_load_days SET total_ms = total_ms + 1 WHERE total_ms = 800");
    const auto differences = upkeep.verify(ada);
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].table, "page_load_days");
    upkeep.rebuild(ada);
    EXPECT_THAT(upkeep.verify(ada), testing::IsEmpty());
}

TEST_F(Measurements, WhatIsNoTimeIsNotCounted) {
    const TrackedSession one = visit(ada, 1);
    TrackedBatch batch{{one}, {}, {}};
    for (const char *data :
         {R"({"loadMs":"fast"})", R"({"loadMs":-1})", R"({"loadMs":600001})", R"({"loadMs":null})"}) {
        TrackedEvent event = event_of(one, uuid_of(static_cast<unsigned>(100 + batch.events.size())));
        event.data = data;
        batch.events.push_back(event);
    }
    ASSERT_EQ(tracking.record(batch), 4U);
    EXPECT_EQ(service.refresh_page_loads(lately), 0);
}

TEST_F(Measurements, NothingToldIsNothingMeasured) {
    EXPECT_EQ(operators.uptime(lately), Uptime{});
    EXPECT_EQ(operators.page_loads({}, lately), PageLoads{});
}

// Minutes from two days ago on: a day border lies between them.
TEST_F(Measurements, AMinuteIsUpWhereOneReplicaAnsweredAndDownWhereNobodyDidOrSaidAnything) {
    const std::int64_t begin = (today - std::chrono::days(1)).time_since_epoch() / 1min - 10;
    service.note_minutes(replica, {{begin, true, 5, 0}, {begin + 1, false, 7, 7}, {begin + 2, false, 0, 0}});
    service.note_minutes(other_replica, {{begin + 1, true, 3, 1}, {begin + 12, true, 1, 0}});
    const DateRange first{today - std::chrono::days(2), today - std::chrono::days(2)};
    EXPECT_EQ(operators.uptime(first), (Uptime{10, 2, 15, 8}));
    const DateRange both{first.from, today - std::chrono::days(1)};
    EXPECT_EQ(operators.uptime(both), (Uptime{10 + 1440, 3, 16, 8}));
    EXPECT_EQ(operators.uptime({today - std::chrono::days(9), first.to}), operators.uptime(first));
    service.note_minutes(replica,
                         {{begin, true, 5, 0}, {begin + 2, true, 4, 0}}); // again, and more of a minute
    EXPECT_EQ(operators.uptime(first), (Uptime{10, 3, 19, 8}));
}

TEST_F(Measurements, TheMinuteUnderWayIsNotMeasured) {
    const auto now =
        std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now()).time_since_epoch() / 1min;
    service.note_minutes(replica, {{now - 3, true, 1, 0},
                                   {now - 2, true, 1, 0},
                                   {now - 1, true, 1, 0},
                                   {now, true, 1, 0},
                                   {now + 1, true, 1, 0}});
    const Uptime uptime = operators.uptime({today - std::chrono::days(1), today + std::chrono::days(1)});
    EXPECT_GE(uptime.measured_minutes, 3); // one more where the next minute has begun by now
    EXPECT_EQ(uptime.up_minutes, uptime.measured_minutes);
    EXPECT_EQ(uptime.answered, 5);
}

TEST_F(Measurements, WhatIsOlderThanAWeekOrInTheFutureIsLeftOut) {
    const auto now =
        std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now()).time_since_epoch() / 1min;
    service.note_minutes(replica, {{now - 8 * 1440, true, 1, 0}, {now + 30, true, 1, 0}});
    EXPECT_EQ(operators.uptime({today - std::chrono::days(30), today + std::chrono::days(1)}), Uptime{});
}

TEST_F(Measurements, OldMinutesAndDaysGoByThemselves) {
    owner.done(
        "INSERT INTO service_minutes VALUES (now() - interval '10 days', gen_random_uuid(), true, 1, 0)");
    owner.done("INSERT INTO service_days VALUES ((now() - interval '25 months')::date, now() - interval '25 "
               "months', 1, 1, 0)");
    owner.done("INSERT INTO page_load_days SELECT id, (now() - interval '25 months')::date, 1, 1, "
               "array_fill(0::bigint, ARRAY[14])"
               " FROM tenants");
    const auto now =
        std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now()).time_since_epoch() / 1min;
    service.note_minutes(replica, {{now - 5, true, 1, 0}});
    service.refresh_page_loads(lately);
    EXPECT_EQ(owner.value("SELECT (SELECT count(*) FROM service_minutes) || ' ' || (SELECT count(*) FROM "
                          "service_days) || ' ' ||"
                          " (SELECT count(*) FROM page_load_days)"),
              "1 1 0");
}

TEST_F(Measurements, OnlyOperatorsReadUptimeAndOnlyTheServiceTellsMinutes) {
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, MeasurementStore(companion).uptime(lately), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, operators.note_minutes(replica, {{1, true, 0, 0}}), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, MeasurementStore(companion).refresh_page_loads(lately), testing::_);
}

} // namespace

} // namespace studio::db
