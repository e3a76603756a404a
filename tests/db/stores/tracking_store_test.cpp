// SPDX-License-Identifier: Apache-2.0
#include "db/stores/privacy_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <future>

namespace studio::db {

namespace {

using namespace std::chrono_literals;
using test_support::TestDatabase;

class Tracking : public testing::Test {
protected:
    Tracking() { test_support::go_live(people, ada); }

    // A visitor who accepted, found by her number.
    TrackedSession consented(unsigned id, unsigned visitor) const {
        TrackedSession visit = visit_of(ada, uuid_of(id));
        visit.consented = true;
        visit.visitor_id = visit.key = uuid_of(visitor);
        return visit;
    }
    // One without consent, found by a key.
    TrackedSession keyed(unsigned id, unsigned key) const {
        TrackedSession visit = visit_of(ada, uuid_of(id));
        visit.key = uuid_of(key);
        return visit;
    }
    std::string visit_of_event(unsigned event) {
        return owner.value("SELECT session_id FROM events WHERE id = '" + uuid_of(event) + "'");
    }
    base::Time end_of_last_month() {
        return base::from_microseconds(std::stoll(
            owner.value("SELECT (extract(epoch FROM date_trunc('month', now(), 'UTC')) * 1000000)::bigint")));
    }
    // Lets the time pass that nothing came in.
    void let_pass(const std::string &interval) {
        ASSERT_EQ(
            owner.done("UPDATE open_visits SET last_at = last_at - interval '" + interval + "'").message, "");
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()};
    Session renderer{database.renderer_url()};
    TrackingStore store{renderer};
    Sql owner{database.owner_url()};
};

TEST_F(Tracking, AVisitAndItsEventsAreStoredAsTheyWereSent) {
    TrackedSession visit = consented(1, 7);
    visit.started_at = base::from_microseconds(1'790'000'000'123'456);
    TrackedEvent event = event_of(visit, uuid_of(2), "photo_click");
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 1U);
    EXPECT_EQ(owner.value("SELECT concat_ws('|', tenant_id, utm_source, utm_medium, referrer, user_agent, "
                          "ip_address, country, device_type, browser, consented, (extract(epoch FROM "
                          "created_at) * 1000000)::bigint) FROM sessions"),
              ada.text() +
                  "|instagram|instagram.com|Mozilla/5.0 \"quoted\\\"|203.0.113.0|AU|mobile|Firefox|t|"
                  "1790000000123456");
    EXPECT_EQ(owner.value("SELECT concat_ws('|', tenant_id, session_id, event_type, event_data ->> 'text', "
                          "page_url, (extract(epoch FROM created_at) * 1000000)::bigint) FROM events"),
              ada.text() + "|" + visit.id.text() + "|photo_click|{a,\"b\"}|/|" +
                  std::to_string(base::to_microseconds(event.at)));
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
    const base::Time month_end = end_of_last_month();
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    TrackedEvent event = event_of(visit, uuid_of(2));
    event.at = month_end - 1us;
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 1U);
    event.at = month_end + 1us;
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 0U);
    event.at = month_end + std::chrono::days(1);
    EXPECT_EQ(store.record({{visit}, {event}, {}}), 0U);
    TrackedEvent later = event_of(visit, uuid_of(3));
    later.at = month_end + 1us;
    EXPECT_EQ(store.record({{}, {event, later}, {}}), 1U);
    later.at = month_end - 1us;
    EXPECT_EQ(store.record({{}, {later}, {}}), 0U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM events"), "2");
}

// In the last days of a month a batch must not be compared with everything that the month has seen.
TEST_F(Tracking, ABatchAtAMonthsEndReadsNoMoreOfTheMonthThanItself) {
    const base::Time month_end = end_of_last_month();
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    TrackedBatch before{{visit}, {}, {}};
    for (int number = 0; number < 2000; ++number) {
        before.events.push_back(event_of(visit, uuid_of(1000U + static_cast<unsigned>(number))));
        before.events.back().at = month_end - std::chrono::days(1) + std::chrono::microseconds(number);
    }
    ASSERT_EQ(store.record(before), before.events.size());
    for (const base::Time at : {month_end - 12h, month_end + 12h}) {
        pqxx::work work(owner.connection());
        const auto count = [&work](const std::string &column) {
            return work
                .exec1("SELECT sum(" + column +
                       ") FROM pg_stat_xact_user_tables WHERE relname LIKE 'events%'")[0]
                .as<int>();
        };
        const std::string added = "n_tup_ins", read = "seq_tup_read + coalesce(idx_tup_fetch, 0)";
        const int added_before = count(added), read_before = count(read);
        work.exec("SELECT tracking_add_events(ARRAY['" + visit.id.text() + "']::uuid[], ARRAY['" +
                  ada.text() +
                  "']::uuid[], ARRAY[true], ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 50)), "
                  "array_fill(1, "
                  "ARRAY[50]), "
                  "array_fill('page_view'::text, ARRAY[50]), array_fill(NULL::text, ARRAY[50]), "
                  "array_fill('/'::text, ARRAY[50]), array_fill(" +
                  std::to_string(base::to_microseconds(at)) + "::bigint, ARRAY[50]))");
        EXPECT_EQ(count(added) - added_before, 50);
        EXPECT_LE(count(read) - read_before, 50);
    }
}

TEST_F(Tracking, TwoThatRecordTheSameBatchAtOnceNeitherLockOutNorCountTwice) {
    TrackedBatch forward, backward;
    for (unsigned number = 0; number < 300; ++number) {
        forward.sessions.push_back(visit_of(ada, uuid_of(1000 + number)));
    }
    for (unsigned number = 0; number < 1500; ++number) {
        forward.events.push_back(event_of(forward.sessions[number % 300], uuid_of(10000 + number)));
    }
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
    stray.session_id = models::SessionId(uuid_of(99));
    EXPECT_EQ(
        store.record(
            {{own, hidden}, {event_of(own, uuid_of(10)), event_of(hidden, uuid_of(11)), stolen, stray}, {}}),
        1U);
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM events"), uuid_of(10));
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM sessions"), own.id.text());
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
              ada.text() + "|f");
}

TEST_F(Tracking, WithoutConsentOnlyWhatManyShareIsStored) {
    TrackedSession visit = visit_of(ada, uuid_of(1));
    visit.utm_term = visit.utm_content = "mine";
    visit.utm_medium = "social";
    visit.utm_campaign = "spring";
    store.record({{visit}, {}, {}});
    EXPECT_EQ(
        owner.value(
            "SELECT concat_ws('|', utm_source, utm_medium, utm_campaign, country, device_type, consented) "
            "FROM sessions"),
        "instagram|social|spring|AU|mobile|f");
    EXPECT_EQ(
        owner.value("SELECT num_nonnulls(visitor_id, fingerprint, user_agent, ip_address, referrer, browser, "
                    "utm_term, utm_content) FROM sessions"),
        "0");
    for (const char *column :
         {"user_agent", "browser", "referrer", "utm_term", "utm_content", "fingerprint"}) {
        EXPECT_THAT(owner.done("UPDATE sessions SET " + std::string(column) + " = 'x'").message,
                    testing::HasSubstr("sessions_unconsented"))
            << column;
    }
    EXPECT_THAT(owner.done("UPDATE sessions SET ip_address = '203.0.113.0'").message,
                testing::HasSubstr("sessions_unconsented"));
}

TEST_F(Tracking, ThirtyIdleMinutesEndAVisitWithAndWithoutConsent) {
    for (const unsigned kind : {100U, 200U}) {
        const auto visit = [&](unsigned id) {
            return kind == 100 ? keyed(kind + id, kind) : consented(kind + id, kind);
        };
        const auto record = [&](unsigned id) {
            const TrackedSession sent = visit(id);
            ASSERT_EQ(store.record({{sent}, {event_of(sent, uuid_of(1000 + kind + id))}, {}}), 1U);
        };
        record(1);
        record(2);
        EXPECT_EQ(visit_of_event(1000 + kind + 2), uuid_of(kind + 1)) << "it goes on";
        let_pass("29 minutes");
        record(3);
        let_pass("29 minutes");
        record(4);
        EXPECT_EQ(visit_of_event(1000 + kind + 4), uuid_of(kind + 1)) << "each event keeps it open";
        let_pass("31 minutes");
        record(5);
        EXPECT_EQ(visit_of_event(1000 + kind + 5), uuid_of(kind + 5));
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "4");
}

TEST_F(Tracking, ReplicasThatRecordOneSenderAtOnceAgreeOnTheVisit) {
    std::vector<std::future<void>> replicas;
    for (unsigned replica = 0; replica < 4; ++replica) {
        replicas.push_back(std::async(std::launch::async, [&, replica] {
            Session session(database.renderer_url());
            for (unsigned at = 0; at < 25; ++at) {
                TrackedBatch batch;
                for (const unsigned key : {91U, 92U, 93U}) {
                    const unsigned number = 1000 + replica * 1000 + at * 10 + key % 10;
                    batch.sessions.push_back(keyed(number, replica % 2 == 0 ? key : 94 + 90 - key + 2));
                    batch.events.push_back(event_of(batch.sessions.back(), uuid_of(10000 + number)));
                }
                TrackingStore(session).record(batch);
            }
        }));
    }
    for (auto &replica : replicas) {
        replica.get();
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM events"), "300");
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), owner.value("SELECT count(*) FROM open_visits"));
}

TEST_F(Tracking, OpenVisitsAreClosedOnceTheyAreIdleAndOfAnOpenOneTheFormIsTold) {
    const TrackedSession visit = keyed(1, 50);
    store.record({{visit}, {event_of(visit, uuid_of(2))}, {}});
    const models::SessionId fresh(uuid_of(9));
    EXPECT_EQ(store.open_visit(ada, uuid_of(50), fresh).text(), uuid_of(1));
    EXPECT_EQ(store.open_visit(ada, uuid_of(51), fresh), fresh) << "one may begin with a form";
    store.close_idle_visits();
    EXPECT_EQ(owner.value("SELECT count(*) FROM open_visits"), "2");
    let_pass("31 minutes");
    store.close_idle_visits();
    EXPECT_EQ(owner.value("SELECT count(*) FROM open_visits"), "0");
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "1") << "only the way to it is closed";
}

TEST_F(Tracking, ABatchNeverAddsToAVisitOfSomebodyElse) {
    const TrackedSession hers = consented(1, 7);
    store.record({{hers}, {event_of(hers, uuid_of(20))}, {}});
    TrackedSession nobody = visit_of(ada, uuid_of(1));
    EXPECT_EQ(store.record({{nobody}, {event_of(nobody, uuid_of(21))}, {}}), 0U) << "consent was withdrawn";
    TrackedSession other = consented(1, 8);
    other.key.clear();
    EXPECT_EQ(store.record({{other}, {event_of(other, uuid_of(22))}, {}}), 0U);
    const TrackedSession shared = visit_of(ada, uuid_of(2));
    store.record({{shared}, {}, {}});
    TrackedSession taken = consented(2, 7);
    taken.key.clear();
    EXPECT_EQ(store.record({{taken}, {event_of(taken, uuid_of(23))}, {}}), 0U)
        << "a visit without consent becomes nobody's";
    EXPECT_EQ(
        owner.value(
            "SELECT string_agg(id || ' ' || coalesce(visitor_id::text, '-'), ',' ORDER BY id) FROM sessions"),
        uuid_of(1) + " " + uuid_of(7) + "," + uuid_of(2) + " -");
}

TEST_F(Tracking, KnownEventsThatComeUnderAnotherIdentityMakeNoVisit) {
    const TrackedSession before = keyed(1, 50);
    const TrackedEvent first = event_of(before, uuid_of(20)), second = event_of(before, uuid_of(21));
    store.record({{before}, {first, second}, {}});
    // The answer got lost, the visitor accepted, and the page sends them once more.
    const TrackedSession after = consented(2, 7), other = keyed(3, 51);
    const auto of = [](TrackedEvent event, const TrackedSession &visit) {
        event.session_id = visit.id;
        return event;
    };
    EXPECT_EQ(store.record({{after, other}, {of(first, after), of(second, other)}, {}}), 0U);
    EXPECT_EQ(owner.column("SELECT id FROM sessions"), std::vector<std::string>{uuid_of(1)});
    EXPECT_EQ(visit_of_event(20) + visit_of_event(21), uuid_of(1) + uuid_of(1));
    EXPECT_EQ(store.record({{after, other}, {of(first, after), event_of(other, uuid_of(22))}, {}}), 1U)
        << "and with something new only the visit that it is in";
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "2");
    EXPECT_EQ(visit_of_event(22), uuid_of(3));
    EXPECT_EQ(store.record({{after}, {event_of(after, uuid_of(23))}, {}}), 1U) << "her next page is a visit";
    EXPECT_EQ(visit_of_event(23), uuid_of(2));
}

class Accepting : public Tracking {
protected:
    // Two strangers behind one address and browser: their events are in one visit.
    void report_both() {
        TrackedSession shared = keyed(1, 50);
        shared.utm_source = "google"; // of the first who came
        TrackedEvent first = event_of(shared, uuid_of(11)), mine = event_of(shared, uuid_of(12));
        mine.data = R"({"utmSource":"instagram","utmCampaign":"spring"})";
        store.record({{shared}, {first, mine, event_of(shared, uuid_of(13), "email_click")}, {}});
    }
    Acceptance acceptance(std::vector<std::string> events) const {
        return {consented(100, 7), std::move(events)};
    }
};

TEST_F(Accepting, TakesAlongExactlyTheEventsThatThePageNames) {
    report_both();
    EXPECT_EQ(store.accept(acceptance({uuid_of(12), uuid_of(13), uuid_of(99)})), 2U);
    EXPECT_EQ(visit_of_event(11), uuid_of(1)) << "the stranger's stays";
    EXPECT_EQ(visit_of_event(12), uuid_of(100));
    EXPECT_EQ(visit_of_event(13), uuid_of(100));
    EXPECT_EQ(
        owner.value(
            "SELECT concat_ws('|', visitor_id, consented, utm_source, utm_campaign, browser, ip_address) "
            "FROM sessions WHERE id = '" +
            uuid_of(100) + "'"),
        uuid_of(7) + "|t|instagram|spring|Firefox|203.0.113.0")
        << "her own campaign, not that of whoever began the visit";
    EXPECT_EQ(owner.value("SELECT concat_ws('|', consented, utm_source) FROM sessions WHERE id = '" +
                          uuid_of(1) + "'"),
              "f|google");
    EXPECT_EQ(store.accept(acceptance({uuid_of(12), uuid_of(13)})), 0U)
        << "asked again, as after a lost answer";
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "2");
    TrackedSession later = consented(101, 7);
    store.record({{later}, {event_of(later, uuid_of(14))}, {}});
    EXPECT_EQ(visit_of_event(14), uuid_of(100)) << "the visit goes on";
    const VisitorData data = PrivacyStore(renderer).visitor_data(ada, uuid_of(7));
    EXPECT_EQ(data.events, 3);
}

TEST_F(Accepting, LeavesNoEmptyVisitBehindAndTakesItsVariantsAlong) {
    const TrackedSession alone = keyed(1, 50);
    store.record({{alone}, {event_of(alone, uuid_of(11))}, {}});
    EXPECT_EQ(store.accept(acceptance({uuid_of(11)})), 1U);
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM sessions"), uuid_of(100)) << "counted once";
    TrackedSession next = keyed(2, 50);
    store.record({{next}, {event_of(next, uuid_of(12))}, {}});
    EXPECT_EQ(visit_of_event(12), uuid_of(2)) << "who shares the address begins a visit";
}

TEST_F(Accepting, MovesNothingOfOthersNorWhatIsOld) {
    test_support::go_live(people, bea);
    TrackedSession elsewhere = visit_of(bea, uuid_of(3));
    const TrackedSession other = consented(4, 8), old = keyed(5, 51);
    TrackedEvent yesterday = event_of(old, uuid_of(33));
    yesterday.at -= 25h;
    store.record({{elsewhere, other, old},
                  {event_of(elsewhere, uuid_of(31)), event_of(other, uuid_of(32)), yesterday},
                  {}});
    EXPECT_EQ(store.accept(acceptance({uuid_of(31), uuid_of(32), uuid_of(33)})), 0U);
    EXPECT_EQ(visit_of_event(31) + visit_of_event(32) + visit_of_event(33),
              uuid_of(3) + uuid_of(4) + uuid_of(5));
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions WHERE id = '" + uuid_of(100) + "'"), "0")
        << "her visit begins with the first event that she sends";
}

TEST_F(Accepting, MovesAVariantOnlyWithTheEventThatShowedIt) {
    const std::string test = owner.value(
        "INSERT INTO ab_tests (tenant_id, name, element_type, variants, status) VALUES ('" + ada.text() +
        "', 'Hero', 'hero_photo', '[{\"id\": \"a\", \"weight\": 0.5}, {\"id\": \"b\", \"weight\": 0.5}]', "
        "'active') RETURNING id");
    const TrackedSession shared = keyed(1, 50);
    TrackedEvent seen = event_of(shared, uuid_of(11), "ab_test_assigned");
    seen.data = R"({"testId":")" + test + R"(","variantId":"b"})";
    store.record(
        {{shared}, {seen, event_of(shared, uuid_of(12))}, {{shared.id, ada, test, "b", 1, base::now()}}});
    ASSERT_EQ(owner.value("SELECT count(*) FROM ab_assignments"), "1");
    store.accept(acceptance({uuid_of(11)}));
    EXPECT_EQ(owner.value("SELECT string_agg(session_id || variant_id, ',') FROM ab_assignments"),
              uuid_of(100) + "b");
}

TEST_F(Tracking, WhatTheDatabaseCannotHoldIsRefusedWithTheWholeBatch) {
    const TrackedSession visit = consented(1, 7);
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
                          ada.text() + "'"),
              "2024-10-04 ai 8, 2024-10-04 seo 1, 2024-10-05 ai 1");
}

class Salts : public Tracking {
protected:
    const std::int64_t today = std::chrono::floor<std::chrono::days>(base::now()).time_since_epoch().count();
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

TEST_F(Salts, OneOfADayThatIsOverIsGoneWithTheTablesFile) {
    ASSERT_EQ(
        owner.done("INSERT INTO visitor_salts VALUES (current_date - 1, decode(repeat('5a', 32), 'hex'))")
            .message,
        "");
    const std::string file = owner.value("SELECT pg_relation_filenode('visitor_salts')");
    const std::string salt = store.salt(today);
    EXPECT_EQ(owner.value("SELECT count(*) FROM visitor_salts"), "1");
    EXPECT_NE(owner.value("SELECT pg_relation_filenode('visitor_salts')"), file);
    EXPECT_EQ(store.salt(today - 1), salt) << "a replica whose clock runs behind gets the new day's";
}

TEST_F(Salts, StandInNoLogOfTheDatabaseAndNoLoginReachesThem) {
    EXPECT_EQ(
        owner.value(
            "SELECT string_agg(concat(relname, relpersistence), ',' ORDER BY relname) FROM pg_class WHERE "
            "relname IN ('visitor_salts', 'open_visits')"),
        "open_visitsu,visitor_saltsu");
    for (const std::string &url :
         {database.operator_url(), database.staff_url(), database.companion_url(), database.renderer_url()}) {
        Sql login(url);
        for (const char *table :
             {"visitor_salts", "open_visits", "hash_keys", "erased_subjects", "job_locks"}) {
            EXPECT_EQ(login.done(std::string("SELECT FROM ") + table).sqlstate, "42501") << table;
            EXPECT_EQ(login.done(std::string("LOCK TABLE ") + table + " IN ACCESS SHARE MODE").sqlstate,
                      "42501")
                << table;
        }
    }
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
    EXPECT_TRUE(PrivacyStore(renderer).retention(base::now()).has_value());
    EXPECT_EQ(owner.value("SELECT count(*) FROM visitor_salts"), "1");
}

} // namespace

} // namespace studio::db
