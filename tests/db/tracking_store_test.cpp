// SPDX-License-Identifier: Apache-2.0
#include "db/privacy_store.h"
#include "db/tenant_store.h"
#include "tests/db/expect_error.h"
#include "tests/db/sql.h"
#include "tests/db/tracking_rows.h"
#include "tests/support/test_database.h"

#include <future>

namespace studio::db {

namespace {

using test_support::TestDatabase;

class Tracking : public testing::Test {
protected:
    Tracking() { test_support::go_live(people, ada); }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const std::string ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()};
    Session renderer{database.renderer_url()};
    TrackingStore store{renderer};
    Sql owner{database.owner_url()};
};

TEST_F(Tracking, AVisitAndItsEventsAreStoredAsTheyWereSent) {
    TrackedSession visit = visit_of(ada, uuid_of(1));
    visit.started_us = 1'790'000'000'123'456;
    TrackedEvent event = event_of(visit, uuid_of(2), "photo_click");
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 1U);
    EXPECT_EQ(owner.value("SELECT concat_ws('|', tenant_id, utm_source, utm_medium, referrer, user_agent, "
                          "ip_address, country, device_type, browser, consented, (extract(epoch FROM "
                          "created_at) * 1000000)::bigint) FROM sessions"),
              ada + "|instagram|instagram.com|Mozilla/5.0 \"quoted\\\"|203.0.113.0|AU|mobile|Firefox|f|"
                    "1790000000123456");
    EXPECT_EQ(owner.value("SELECT concat_ws('|', tenant_id, session_id, event_type, event_data ->> 'text', "
                          "page_url, (extract(epoch FROM created_at) * 1000000)::bigint) FROM events"),
              ada + "|" + visit.id + "|photo_click|{a,\"b\"}|/|" + std::to_string(event.at_us));
}

TEST_F(Tracking, AResendIsCountedOnce) {
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    TrackedBatch batch{{visit}, {event_of(visit, uuid_of(2)), event_of(visit, uuid_of(3))}, {}};
    EXPECT_EQ(store.record(batch), 2U);
    EXPECT_EQ(store.record(batch), 0U);
    batch.events.push_back(event_of(visit, uuid_of(4)));
    batch.events.push_back(event_of(visit, uuid_of(4)));
    EXPECT_EQ(store.record(batch), 1U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM events"), "3");
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "1");
}

TEST_F(Tracking, AResendOnTheOtherSideOfAMonthsEndIsCountedOnce) {
    const std::int64_t month_end = std::stoll(
        owner.value("SELECT (extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000000)::bigint"));
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    TrackedEvent event = event_of(visit, uuid_of(2));
    event.at_us = month_end - 1;
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 1U);
    event.at_us = month_end + 1;
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 0U);
    event.at_us = month_end + a_day_us;
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 0U);
    TrackedEvent later = event_of(visit, uuid_of(3));
    later.at_us = month_end + 1;
    EXPECT_EQ(store.record({{}, {event, later}, {}}), 1U);
    later.at_us = month_end - 1;
    EXPECT_EQ(store.record({{}, {later}, {}}), 0U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM events"), "2");
}

// In the last days of a month a batch must not be compared with everything that the month has seen.
TEST_F(Tracking, ABatchAtAMonthsEndReadsNoMoreOfTheMonthThanItself) {
    const std::int64_t month_end = std::stoll(
        owner.value("SELECT (extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000000)::bigint"));
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    TrackedBatch before{{visit}, {}, {}};
    for (int number = 0; number < 2000; ++number) {
        before.events.push_back(event_of(visit, uuid_of(1000U + static_cast<unsigned>(number))));
        before.events.back().at_us = month_end - a_day_us + number;
    }
    ASSERT_EQ(store.record(before), before.events.size());
    for (const std::int64_t at : {month_end - a_day_us / 2, month_end + a_day_us / 2}) {
        pqxx::work work(owner.connection());
        const auto count = [&work](const std::string &column) {
            return work
                .exec1("SELECT sum(" + column +
                       ") FROM pg_stat_xact_user_tables WHERE relname LIKE 'events%'")[0]
                .as<int>();
        };
        const std::string added = "n_tup_ins", read = "seq_tup_read + coalesce(idx_tup_fetch, 0)";
        const int added_before = count(added), read_before = count(read);
        work.exec("SELECT tracking_add_events(ARRAY['" + visit.id + "']::uuid[], ARRAY['" + ada +
                  "']::uuid[], ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 50)), array_fill(1, "
                  "ARRAY[50]), "
                  "array_fill('page_view'::text, ARRAY[50]), array_fill(NULL::text, ARRAY[50]), "
                  "array_fill('/'::text, ARRAY[50]), array_fill(" +
                  std::to_string(at) + "::bigint, ARRAY[50]))");
        EXPECT_EQ(count(added) - added_before, 50);
        EXPECT_LE(count(read) - read_before, 50);
    }
}

TEST_F(Tracking, TwoThatRecordTheSameBatchAtOnceNeitherLockOutNorCountTwice) {
    TrackedBatch forward, backward;
    for (unsigned number = 0; number < 300; ++number)
        forward.sessions.push_back(visit_of(ada, uuid_of(1000 + number)));
    for (unsigned number = 0; number < 1500; ++number)
        forward.events.push_back(event_of(forward.sessions[number % 300], uuid_of(10000 + number)));
    backward.sessions.assign(forward.sessions.rbegin(), forward.sessions.rend());
    backward.events.assign(forward.events.rbegin(), forward.events.rend());
    std::size_t added = 0;
    const auto record = [&](const TrackedBatch &batch) {
        Session session(database.renderer_url());
        return TrackingStore(session).record(batch);
    };
    auto first = std::async(std::launch::async, record, std::cref(forward));
    auto second = std::async(std::launch::async, record, std::cref(backward));
    added = first.get() + second.get();
    EXPECT_EQ(added, 1500U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM events"), "1500");
}

TEST_F(Tracking, WhatBelongsToNoPublicTenantOrToAnothersVisitIsLeftOut) {
    const TrackedSession own = visit_of(ada, uuid_of(1)), hidden = visit_of(bea, uuid_of(2));
    TrackedEvent stolen = event_of(own, uuid_of(12));
    stolen.tenant_id = bea;
    TrackedEvent stray = event_of(own, uuid_of(13));
    stray.session_id = uuid_of(99);
    EXPECT_EQ(
        store.record(
            {{own, hidden}, {event_of(own, uuid_of(10)), event_of(hidden, uuid_of(11)), stolen, stray}, {}}),
        1U);
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM events"), uuid_of(10));
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM sessions"), own.id);
    TenantStore(people).set_status(ada, models::TenantStatus::Inactive);
    EXPECT_EQ(store.record({{}, {event_of(own, uuid_of(14))}, {}}), 0U);
}

TEST_F(Tracking, AVisitOfAnotherTenantIsNotTakenOver) {
    test_support::go_live(people, bea);
    store.record({{visit_of(ada, uuid_of(1))}, {}, {}});
    TrackedSession claimed = visit_of(bea, uuid_of(1));
    claimed.consented = true;
    claimed.visitor_id = uuid_of(7);
    EXPECT_EQ(store.record({{claimed}, {event_of(claimed, uuid_of(2))}, {}}), 0U);
    EXPECT_EQ(owner.value("SELECT concat_ws('|', tenant_id, consented, visitor_id) FROM sessions"),
              ada + "|f");
}

TEST_F(Tracking, ACookielessVisitBecomesAConsentedOneAndStaysIt) {
    TrackedSession visit = visit_of(ada, uuid_of(1));
    store.record({{visit}, {}, {}});
    visit.consented = true;
    visit.visitor_id = uuid_of(7);
    store.record({{visit}, {}, {}});
    EXPECT_EQ(owner.value("SELECT consented || ' ' || visitor_id FROM sessions"), "true " + uuid_of(7));
    visit.consented = false;
    store.record({{visit}, {}, {}});
    visit.consented = true;
    visit.visitor_id = uuid_of(8);
    store.record({{visit}, {}, {}});
    EXPECT_EQ(owner.value("SELECT consented || ' ' || visitor_id FROM sessions"), "true " + uuid_of(7));
}

TEST_F(Tracking, WhatTheDatabaseCannotHoldIsRefusedWithTheWholeBatch) {
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    const auto refused = [&](auto change) {
        TrackedBatch batch{{visit}, {event_of(visit, uuid_of(2)), event_of(visit, uuid_of(3))}, {}};
        change(batch);
        const auto error = error_of([&] { store.record(batch); });
        return error && error->kind() == ErrorKind::Invalid;
    };
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].id = "no uuid"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].type = "Page View"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].data = "{"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].data = R"({"a":"\u0000"})"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].page_url = std::string("/\0", 2); }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.events[1].page_url = "/\xff"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.sessions[0].ip = "203.0.113.77"; }));
    EXPECT_TRUE(refused([](TrackedBatch &batch) { batch.sessions[0].bot_class = "robot"; }));
    EXPECT_EQ(owner.value("SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM sessions)"), "0");
}

TEST_F(Tracking, HitsOfBotsAddUp) {
    store.add_bot_visits({{ada, 20000, "ai", 3}, {ada, 20000, "seo", 1}, {bea, 20000, "ai", 2}});
    store.add_bot_visits({{ada, 20000, "ai", 4}, {ada, 20001, "ai", 1}, {ada, 20000, "ai", 1}});
    EXPECT_EQ(owner.value("SELECT string_agg(day || ' ' || bot_class || ' ' || hits, ', ' ORDER BY day, "
                          "bot_class) FROM bot_visits WHERE tenant_id = '" +
                          ada + "'"),
              "2024-10-04 ai 8, 2024-10-04 seo 1, 2024-10-05 ai 1");
}

class Salts : public Tracking {
protected:
    const std::int64_t today = now_us() / a_day_us;
};

TEST_F(Salts, OneOfADayIsSharedByAll) {
    Session other(database.renderer_url());
    auto first = std::async(std::launch::async, [&] { return store.salt(today); });
    auto second = std::async(std::launch::async, [&] { return TrackingStore(other).salt(today); });
    const std::string salt = first.get();
    EXPECT_EQ(salt.size(), 32U);
    EXPECT_EQ(salt, second.get());
    EXPECT_NE(salt, store.salt(today + 1));
    EXPECT_EQ(salt, store.salt(today)) << "tomorrow's does not take today's away";
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.salt(today + 2), testing::HasSubstr("clock"));
}

TEST_F(Salts, OneOfADayThatIsOverIsGoneFromTheTablesFile) {
    ASSERT_EQ(
        owner.done("INSERT INTO visitor_salts VALUES (current_date - 1, decode(repeat('5a', 32), 'hex'))")
            .message,
        "");
    Sql superuser(database.superuser_url());
    const auto in_file = [&] {
        pqxx::nontransaction(superuser.connection()).exec("CHECKPOINT");
        return superuser.value("SELECT position(decode(repeat('5a', 32), 'hex') IN"
                               " pg_read_binary_file(pg_relation_filepath('visitor_salts'))) > 0");
    };
    EXPECT_EQ(in_file(), "t");
    const std::string salt = store.salt(today);
    EXPECT_EQ(owner.value("SELECT count(*) FROM visitor_salts"), "1");
    EXPECT_EQ(in_file(), "f");
    EXPECT_EQ(store.salt(today - 1), salt) << "a replica whose clock runs behind gets the new day's";
}

TEST_F(Salts, WhileABackupReadsTheTableTheOldOneIsDeletedAllTheSame) {
    ASSERT_EQ(owner.done("INSERT INTO visitor_salts VALUES (current_date - 1, sha256('old'))").message, "");
    {
        pqxx::connection backup(database.owner_url());
        pqxx::work reading(backup);
        reading.exec("SELECT count(*) FROM visitor_salts");
        EXPECT_EQ(store.salt(today).size(), 32U);
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM visitor_salts"), "1");
    EXPECT_TRUE(PrivacyStore(renderer).retention(now_us()).has_value());
    EXPECT_EQ(owner.value("SELECT count(*) FROM visitor_salts"), "1");
}

} // namespace

} // namespace studio::db
