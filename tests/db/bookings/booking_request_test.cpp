// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/block_store.h"
#include "db/bookings/booking_request_store.h"
#include "db/bookings/booking_store.h"
#include "db/bookings/outbox_store.h"
#include "db/stores/privacy_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <algorithm>
#include <future>
#include <set>

namespace studio::db {

namespace {

using test_support::TestDatabase;

class BookingRequests : public testing::Test {
protected:
    BookingRequests() { test_support::go_live(people, ada); }

    NewBooking request(unsigned key, char client = 'c') const {
        NewBooking booking;
        booking.tenant_id = ada;
        booking.idempotency_key = uuid_of(key);
        booking.client_name = "N. Client";
        booking.client_email = "Client@Example.com";
        booking.client_phone = "+61 400 000 000";
        booking.service_type = "dinner";
        booking.message = "Line one\nline \"two\"";
        booking.duration = "2 hours";
        booking.preferred = base::from_microseconds(1'900'000'000'000'000);
        booking.preferred_end = base::from_microseconds(1'900'007'200'000'000);
        booking.time_zone = "Australia/Sydney";
        booking.terms_accepted = true;
        booking.client_key = std::string(32, client);
        return booking;
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()};
    Session renderer{database.renderer_url()};
    BookingRequestStore bookings{renderer};
    OutboxStore outbox{renderer};
    Sql owner{database.owner_url()};

    TrackedSession visitor(unsigned visit, unsigned number) const {
        TrackedSession session = visit_of(ada, uuid_of(visit));
        session.consented = true;
        session.visitor_id = session.key = uuid_of(number);
        return session;
    }
    // What the booking of this key says of its visits: "session|source|has a path".
    std::string visits_of(unsigned key) {
        return owner.value(
            "SELECT concat_ws('|', coalesce(session_id::text, '-'), coalesce(source_visit_id::text, '-'), "
            "conversion_path IS NOT NULL) FROM bookings WHERE idempotency_key = '" +
            uuid_of(key) + "'");
    }
    void let_pass(const std::string &interval) {
        ASSERT_EQ(owner
                      .done("UPDATE open_visits SET last_at = last_at - interval '" + interval +
                            "'; UPDATE sessions SET created_at = created_at - interval '" + interval +
                            "'; UPDATE events SET created_at = created_at - interval '" + interval + "'")
                      .message,
                  "");
    }
};

TEST_F(BookingRequests, AFormThatWasOpenForHoursBelongsToTheVisitThatOpenedIt) {
    TrackingStore tracking(renderer);
    const TrackedSession hers = visitor(1, 7);
    TrackedSession shared = visit_of(ada, uuid_of(2));
    shared.key = uuid_of(50);
    tracking.record({{hers, shared}, {event_of(hers, uuid_of(11)), event_of(shared, uuid_of(12))}, {}});
    let_pass("3 hours");
    NewBooking booking = request(100);
    booking.form_visit_id = models::SessionId(uuid_of(1));
    booking.session = visitor(101, 7);
    bookings.add(booking);
    EXPECT_EQ(visits_of(100), uuid_of(1) + "|" + uuid_of(1) + "|t");
    NewBooking unknown = request(101);
    unknown.form_visit_id = models::SessionId(uuid_of(2));
    unknown.session = visit_of(ada, uuid_of(102));
    unknown.session.key = uuid_of(51); // her address has changed
    bookings.add(unknown);
    EXPECT_EQ(visits_of(101), uuid_of(2) + "|" + uuid_of(2) + "|f")
        << "without consent no steps, they may be others'";
    EXPECT_EQ(owner.value("SELECT count(*) FROM sessions"), "2") << "no visit that holds the booking alone";
}

TEST_F(BookingRequests, ABookingIsCreditedToTheVisitThatBroughtTheVisitorWithinADay) {
    TrackingStore tracking(renderer);
    const TrackedSession brought = visitor(1, 7);
    tracking.record({{brought}, {event_of(brought, uuid_of(11))}, {}});
    let_pass("4 hours");
    TrackedSession direct = visitor(2, 7);
    direct.utm_source.clear();
    direct.referrer.clear();
    tracking.record({{direct}, {event_of(direct, uuid_of(12))}, {}});
    NewBooking booking = request(100);
    booking.session = direct;
    bookings.add(booking);
    EXPECT_EQ(visits_of(100), uuid_of(2) + "|" + uuid_of(1) + "|t");
    let_pass("25 hours");
    booking = request(101);
    booking.session = direct;
    booking.session.id = models::SessionId(uuid_of(3));
    bookings.add(booking);
    EXPECT_EQ(visits_of(101), uuid_of(3) + "|" + uuid_of(3) + "|f") << "what brought her lies too far back";
}

TEST_F(BookingRequests, WhoAcceptedAfterOpeningTheFormBooksInHerOwnVisit) {
    TrackingStore tracking(renderer);
    TrackedSession shared = visit_of(ada, uuid_of(1));
    shared.key = uuid_of(50);
    tracking.record({{shared}, {event_of(shared, uuid_of(11)), event_of(shared, uuid_of(12))}, {}});
    const TrackedSession hers = visitor(2, 7);
    tracking.accept({hers, {uuid_of(12)}});
    NewBooking booking = request(100);
    booking.form_visit_id = models::SessionId(uuid_of(1));
    booking.session = visitor(3, 7);
    bookings.add(booking);
    EXPECT_EQ(visits_of(100), uuid_of(2) + "|" + uuid_of(2) + "|t")
        << "her path holds what moved to her visit";
    EXPECT_EQ(owner.value("SELECT count(*) FROM events WHERE session_id = '" + uuid_of(1) + "'"), "1");
    NewBooking withdrawn = request(101);
    withdrawn.form_visit_id = models::SessionId(uuid_of(2)); // opened while she was known
    withdrawn.session = shared;
    withdrawn.session.id = models::SessionId(uuid_of(4));
    bookings.add(withdrawn);
    EXPECT_EQ(visits_of(101), uuid_of(1) + "|" + uuid_of(1) + "|f") << "nothing goes to the visitor any more";
}

TEST_F(BookingRequests, ABookingIsStoredWithItsPathItsEventAndItsMessages) {
    const TrackedSession visit = visitor(1, 7);
    TrackedEvent late = event_of(visit, uuid_of(12), "form_start"), early = event_of(visit, uuid_of(11));
    early.at = late.at - std::chrono::seconds(1);
    TrackingStore(renderer).record({{visit}, {late, early}, {}});
    NewBooking booking = request(100);
    booking.form_visit_id = visit.id;
    booking.session = visit;
    const BookingAnswer answer = bookings.add(booking);
    EXPECT_EQ(answer.outcome, BookingOutcome::Added);
    EXPECT_EQ(owner.value("SELECT concat_ws('|', id, session_id, client_email, client_phone, service_type, "
                          "extract(epoch FROM preferred_date)::bigint, extract(epoch FROM "
                          "preferred_date_end)::bigint, duration, time_zone, status, blocked, "
                          "terms_accepted_at IS NOT NULL) FROM bookings"),
              answer.booking_id + "|" + visit.id.text() +
                  "|Client@Example.com|+61 400 000 000|dinner|1900000000|1900007200|2 hours|Australia/"
                  "Sydney|pending|f|t");
    EXPECT_EQ(owner.value("SELECT string_agg(step ->> 'type', ' ' ORDER BY n) FROM bookings, "
                          "jsonb_array_elements(conversion_path) WITH ORDINALITY AS path (step, n)"),
              "page_view form_start");
    EXPECT_EQ(owner.value("SELECT event_data ->> 'serviceType' FROM events WHERE event_type = 'form_submit'"),
              "dinner");
    EXPECT_EQ(owner.value("SELECT string_agg(kind, ' ' ORDER BY kind) FROM outbox"),
              "companion_email visitor_email");
}

TEST_F(BookingRequests, AMessageIsOfTheTenantOfItsBooking) {
    bookings.add(request(100));
    const auto moved = owner.done("UPDATE outbox SET tenant_id = '" + bea.text() + "'");
    EXPECT_EQ(moved.sqlstate, "23503") << moved.message;
    const auto added = owner.done("INSERT INTO outbox (tenant_id, booking_id, kind) SELECT '" + bea.text() +
                                  "', id, 'visitor_email' FROM bookings");
    EXPECT_EQ(added.sqlstate, "23503") << added.message;
    const auto left = owner.done("UPDATE bookings SET tenant_id = '" + bea.text() + "', session_id = NULL");
    EXPECT_EQ(left.sqlstate, "23503") << left.message;
}

TEST_F(BookingRequests, AVisitThatIsNotRecordedYetIsMade) {
    NewBooking booking = request(100);
    booking.session = visit_of(ada, uuid_of(1));
    booking.form_visit_id = booking.session.id;
    bookings.add(booking);
    EXPECT_EQ(owner.value("SELECT session_id FROM bookings"), uuid_of(1));
    booking = request(101);
    booking.form_visit_id = models::SessionId(uuid_of(2));
    bookings.add(booking);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE session_id IS NULL"), "1");
}

TEST_F(BookingRequests, TheSameKeyMakesOneBookingAlsoAtOnceAndFromTwoAddresses) {
    std::vector<std::future<BookingAnswer>> answers;
    for (int at = 0; at < 6; ++at) {
        answers.push_back(std::async(std::launch::async, [&, at] {
            Session session(database.renderer_url());
            return BookingRequestStore(session).add(request(100, at % 2 == 0 ? 'c' : 'd'));
        }));
    }
    std::set<std::string> ids;
    int added = 0;
    for (auto &answer : answers) {
        const BookingAnswer got = answer.get();
        ids.insert(got.booking_id);
        added += got.outcome == BookingOutcome::Added ? 1 : 0;
    }
    EXPECT_EQ(added, 1);
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings"), "1");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox"), "2");
    EXPECT_EQ(bookings.add(request(100)).outcome, BookingOutcome::AlreadyThere);
}

TEST_F(BookingRequests, AnAddressMakesFiveAnHourWhicheverConnectionItMeets) {
    std::vector<std::future<int>> workers;
    for (unsigned worker = 0; worker < 2; ++worker) {
        workers.push_back(std::async(std::launch::async, [&, worker] {
            Session session(database.renderer_url());
            int added = 0;
            for (unsigned at = 0; at < 10; ++at) {
                added += BookingRequestStore(session).add(request(200 + worker * 100 + at)).outcome ==
                                 BookingOutcome::Added
                             ? 1
                             : 0;
            }
            return added;
        }));
    }
    EXPECT_EQ(workers[0].get() + workers[1].get(), 5);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings"), "5");
    const BookingAnswer refused = bookings.add(request(900));
    EXPECT_EQ(refused.outcome, BookingOutcome::TooMany);
    EXPECT_EQ(refused.booking_id, "");
    EXPECT_GT(refused.retry_after_s, 3500);
    EXPECT_LE(refused.retry_after_s, 3600);
    EXPECT_EQ(bookings.add(request(901, 'd')).outcome, BookingOutcome::Added) << "another address may";
    ASSERT_EQ(owner.done("UPDATE booking_attempts SET at = at - interval '61 minutes'").message, "");
    EXPECT_EQ(bookings.add(request(902)).outcome, BookingOutcome::Added);
}

TEST_F(BookingRequests, ABlockedClientGetsTheSameAnswerAndNobodyElseIsTold) {
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("SELECT block_client(NULL, 'email', ' CLIENT@example.com', 'rude')").message, "");
    EXPECT_EQ(bookings.add(request(100)).outcome, BookingOutcome::Added);
    EXPECT_EQ(owner.value("SELECT status || ' ' || blocked FROM bookings"), "spam true");
    EXPECT_EQ(owner.value("SELECT string_agg(kind, ' ') FROM outbox"), "visitor_email") << "as usual";
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM blocked_clients WHERE blocked_clients::text ILIKE '%example%'"),
        "0");
    Session of_staff(database.staff_url());
    BlockStore blocks(of_staff);
    blocks.remove(blocks.list().at(0).id);
    bookings.add(request(101));
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE status = 'pending'"), "1");
}

TEST_F(BookingRequests, ABlockOfABookingIsOfOneKindAndOfItsCompanion) {
    const std::string id = bookings.add(request(100)).booking_id;
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("SELECT block_client('" + ada.text() + "', 'phone', '" + id + "', '')").message, "");
    EXPECT_EQ(owner.value("SELECT string_agg(kind, ' ' ORDER BY kind) FROM blocked_clients"), "phone");
    NewBooking other = request(101, 'c');
    other.client_email = "someone@else.example";
    bookings.add(other);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE blocked"), "1");
    test_support::go_live(people, bea);
    other = request(102, 'c');
    other.tenant_id = bea;
    bookings.add(other);
    EXPECT_EQ(owner.value("SELECT status FROM bookings WHERE tenant_id = '" + bea.text() + "'"), "pending");
    EXPECT_EQ(Sql(database.companion_url()).tried("SELECT block_client(NULL, 'email', 'a@b.c', '')").sqlstate,
              "42501");
}

TEST_F(BookingRequests, ABlockedPhoneNumberIsKnownHoweverItIsWritten) {
    NewBooking first = request(100);
    first.client_phone = "+44 (0)20 7946 0958";
    first.client_phone_normal = "+442079460958";
    const std::string id = bookings.add(first).booking_id;
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("SELECT block_client('" + ada.text() + "', 'phone', '" + id + "', '')").message, "");
    NewBooking again = request(101);
    again.client_email = "someone@else.example";
    again.client_phone = "0044 20 79460958";
    again.client_phone_normal = "+442079460958";
    const std::string other = bookings.add(again).booking_id;
    EXPECT_EQ(owner.value("SELECT blocked FROM bookings WHERE id = '" + other + "'"), "t");
}

TEST_F(BookingRequests, ABlockedInternetAddressOnlyFlagsTheRequestsOfEverybodyBehindIt) {
    const std::string id = bookings.add(request(100)).booking_id;
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("SELECT block_client('" + ada.text() + "', 'address', '" + id + "', '')").message,
              "");
    NewBooking innocent = request(101);
    innocent.client_email = "someone@else.example";
    innocent.client_phone.clear();
    const std::string other = bookings.add(innocent).booking_id;
    EXPECT_EQ(
        owner.value("SELECT status || ' ' || blocked || ' ' || flagged_reason FROM bookings WHERE id = '" +
                    other + "'"),
        "pending false address");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE booking_id = '" + other + "'"), "2")
        << "both are told";
    EXPECT_EQ(
        owner.value("SELECT expires_at - created_at <= interval '4 hours 1 second' FROM blocked_clients"),
        "t");
    EXPECT_EQ(
        staff.tried("SELECT block_client('" + ada.text() + "', 'address', '" + id + "', '', 25)").sqlstate,
        "22023");
    ASSERT_EQ(owner
                  .done("UPDATE blocked_clients SET created_at = created_at - interval '5 hours', "
                        "expires_at = expires_at - interval '5 hours'")
                  .message,
              "");
    const std::string later = bookings.add(request(102)).booking_id;
    EXPECT_EQ(owner.value("SELECT flagged_reason IS NULL FROM bookings WHERE id = '" + later + "'"), "t");
}

TEST_F(BookingRequests, ABlockEndsAndMayBeMadeToLastLonger) {
    Sql staff(database.staff_url());
    EXPECT_EQ(staff.value("SELECT block_client(NULL, 'email', 'client@example.com', 'rude')"), "t");
    EXPECT_EQ(
        owner.value("SELECT round(extract(epoch FROM expires_at - created_at) / 86400) FROM blocked_clients"),
        "365");
    EXPECT_EQ(staff.value("SELECT block_client(NULL, 'email', 'client@example.com', 'rude', 24)"), "f");
    EXPECT_EQ(staff.value("SELECT block_client(NULL, 'email', 'client@example.com', 'rude', 20000)"), "t");
    ASSERT_EQ(
        owner.done("UPDATE blocked_clients SET created_at = now() - interval '2 days', expires_at = now()")
            .message,
        "");
    bookings.add(request(100));
    EXPECT_EQ(owner.value("SELECT status FROM bookings"), "pending");
}

TEST_F(BookingRequests, AnotherRequestUnderTheSameKeyIsNotTakenForTheFirst) {
    const BookingAnswer first = bookings.add(request(100));
    NewBooking corrected = request(100);
    corrected.client_email = "corrected@example.com";
    const BookingAnswer second = bookings.add(corrected);
    EXPECT_EQ(second.outcome, BookingOutcome::Conflict);
    EXPECT_EQ(second.booking_id, "");
    const BookingAnswer again = bookings.add(request(100));
    EXPECT_EQ(again.outcome, BookingOutcome::AlreadyThere);
    EXPECT_EQ(again.booking_id, first.booking_id);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings"), "1");
}

TEST_F(BookingRequests, ARequestSentAgainAfterItWasMovedIsStillTheSame) {
    const BookingAnswer first = bookings.add(request(100));
    ASSERT_EQ(
        owner
            .done("UPDATE bookings SET status = 'proposed', preferred_date = now() + interval '3 days', "
                  "preferred_date_end = now() + interval '4 days'")
            .message,
        "");
    const BookingAnswer again = bookings.add(request(100));
    EXPECT_EQ(again.outcome, BookingOutcome::AlreadyThere);
    EXPECT_EQ(again.booking_id, first.booking_id);
}

TEST_F(BookingRequests, AnAddressGetsThreeConfirmationsADay) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(bookings.add(request(100 + i, static_cast<char>('a' + i))).outcome, BookingOutcome::Added);
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'visitor_email'"), "3");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'companion_email'"), "5");
    NewBooking other = request(200, 'z');
    other.client_email = "someone@else.example";
    bookings.add(other);
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'visitor_email'"), "4");
}

TEST_F(BookingRequests, ACompanionsSiteSendsTwoHundredConfirmationsADay) {
    const std::string id = bookings.add(request(100)).booking_id;
    ASSERT_EQ(owner
                  .done("INSERT INTO outbox (tenant_id, booking_id, kind, status) SELECT '" + ada.text() +
                        "', '" + id + "', 'visitor_email', 'sent' FROM generate_series(1, 199)")
                  .message,
              "");
    NewBooking other = request(200, 'z');
    other.client_email = "someone@else.example";
    bookings.add(other);
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'visitor_email'"), "200");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'companion_email'"), "2");
}

TEST_F(BookingRequests, MailAndWebhooksAreTakenApartAndADisabledWebhookIsGivenUp) {
    ASSERT_EQ(owner
                  .done("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('" + ada.text() +
                        "', 'https://hook.example/', repeat('s', 32))")
                  .message,
              "");
    bookings.add(request(100));
    EXPECT_EQ(outbox.claim(OutboxChannel::Mail, 20, 0).size(), 2u);
    EXPECT_EQ(outbox.claim(OutboxChannel::Webhook, 20, 0).size(), 1u);
    ASSERT_EQ(owner.done("UPDATE webhooks SET active = false").message, "");
    EXPECT_TRUE(outbox.claim(OutboxChannel::Webhook, 20, 0).empty());
    EXPECT_EQ(owner.value("SELECT status || ' ' || reason FROM outbox WHERE kind = 'webhook'"),
              "dead webhook_disabled");
    EXPECT_EQ(outbox.claim(OutboxChannel::Mail, 20, 0).size(), 2u);
}

TEST_F(BookingRequests, SpamIsKeptAndTellsNobody) {
    NewBooking booking = request(100);
    booking.spam = true;
    EXPECT_EQ(bookings.add(booking).outcome, BookingOutcome::Added);
    EXPECT_EQ(owner.value("SELECT status || ' ' || blocked FROM bookings"), "spam false");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox"), "0");
}

TEST_F(BookingRequests, ASiteThatIsNotPublicTakesNone) {
    NewBooking booking = request(100);
    booking.tenant_id = bea;
    EXPECT_DB_ERROR(ErrorKind::NotFound, bookings.add(booking), testing::_);
    booking = request(100);
    booking.client_key = "short";
    EXPECT_DB_ERROR(ErrorKind::Invalid, bookings.add(booking), testing::_);
}

TEST_F(BookingRequests, ABookingGoesOnFromWhereItStands) {
    NewBooking booking = request(100);
    booking.preferred = base::now() + std::chrono::days(30);
    booking.preferred_end = *booking.preferred + std::chrono::hours(2);
    bookings.add(booking);
    Sql staff(database.staff_url());
    const auto act = [&](const std::string &action) {
        return staff.value("SELECT booking_act(id, NULL, '" + action + "') ->> 'outcome' FROM bookings");
    };
    EXPECT_EQ(act("complete"), "not_allowed");
    EXPECT_EQ(act("accept"), "done");
    EXPECT_EQ(act("decline"), "not_allowed");
    EXPECT_EQ(act("complete"), "not_allowed") << "it has not begun";
    EXPECT_EQ(act("no_show"), "not_allowed");
    owner.done(
        "UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'");
    EXPECT_EQ(act("complete"), "done");
    EXPECT_EQ(act("cancel"), "not_allowed");
    EXPECT_EQ(owner.done("UPDATE bookings SET status = 'declined'").sqlstate, "23514")
        << "not even the owner's own statement";
    EXPECT_TRUE(staff.tried("UPDATE bookings SET status = 'pending'").denied());
    EXPECT_TRUE(staff.tried("SELECT FROM bookings FOR UPDATE").denied()) << "nobody may hold every booking";
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM audit_log WHERE table_name = 'bookings' AND changes::text ILIKE "
                    "'%client%'"),
        "0");
}

class Outbox : public BookingRequests {};

TEST_F(Outbox, TwoWorkersNeverGetTheSameMessage) {
    for (unsigned at = 0; at < 40; ++at) {
        NewBooking booking = request(1000 + at, static_cast<char>('A' + at));
        booking.client_email = "client" + std::to_string(at) + "@example.com";
        bookings.add(booking);
    }
    const auto work = [&] {
        Session session(database.renderer_url());
        std::vector<std::string> ids;
        while (true) {
            const auto messages = OutboxStore(session).claim(OutboxChannel::Mail, 7, 60);
            if (messages.empty()) {
                return ids;
            }
            for (const OutboxMessage &message : messages) {
                ids.push_back(message.id);
            }
        }
    };
    auto first = std::async(std::launch::async, work), second = std::async(std::launch::async, work);
    std::vector<std::string> ids = first.get();
    const std::vector<std::string> rest = second.get();
    ids.insert(ids.end(), rest.begin(), rest.end());
    EXPECT_EQ(ids.size(), 80U);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 80U);
}

TEST_F(Outbox, AClaimEndsWithAnErasureWithTheWebhookAndWithItsLease) {
    ASSERT_EQ(owner
                  .done("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('" + ada.text() +
                        "', 'https://hooks.example.com/x', repeat('s', 40))")
                  .message,
              "");
    NewBooking erased = request(100), kept = request(101, 'B');
    erased.client_email = "erased@example.com";
    bookings.add(erased);
    bookings.add(kept);
    const auto mails = outbox.claim(OutboxChannel::Mail, 10, 0);
    const auto hooks = outbox.claim(OutboxChannel::Webhook, 10, 60);
    ASSERT_EQ(mails.size(), 4U);
    ASSERT_EQ(hooks.size(), 2U);
    for (const auto &message : mails) {
        EXPECT_TRUE(outbox.is_held(message));
    }
    Session staff(database.staff_url());
    PrivacyStore(staff).erase_email(ada, "erased@example.com");
    const auto of_erased = [](const OutboxMessage &message) {
        return message.payload["booking"]["email"] == "erased@example.com";
    };
    for (const auto &message : mails) {
        EXPECT_EQ(outbox.is_held(message), !of_erased(message)) << message.kind;
    }
    for (const auto &message : hooks) {
        EXPECT_EQ(outbox.is_held(message), !of_erased(message));
    }
    ASSERT_EQ(owner.done("UPDATE webhooks SET active = false").message, "");
    for (const auto &message : hooks) {
        EXPECT_FALSE(outbox.is_held(message)) << "switched off since";
    }
    const auto again = outbox.claim(OutboxChannel::Mail, 10, 60);
    ASSERT_EQ(again.size(), 2U);
    for (const auto &message : mails) {
        EXPECT_FALSE(outbox.is_held(message)) << "another worker's since its lease ended";
    }
    EXPECT_TRUE(outbox.is_held(again.front()));
    outbox.sent(again.front().id);
    EXPECT_FALSE(outbox.is_held(again.front()));
}

TEST_F(Outbox, AMessageSaysWhatIsNeededAndComesAgainUntilItIsSentOrDead) {
    ASSERT_EQ(owner
                  .done("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('" + ada.text() +
                        "', 'https://hooks.example.com/x', repeat('s', 40))")
                  .message,
              "");
    const std::string id = bookings.add(request(100)).booking_id;
    const auto messages = outbox.claim(OutboxChannel::Mail, 10, 60);
    ASSERT_EQ(messages.size(), 2U);
    const auto hooks = outbox.claim(OutboxChannel::Webhook, 10, 60);
    ASSERT_EQ(hooks.size(), 1U);
    const OutboxMessage *const hook = &hooks.front();
    EXPECT_EQ(hook->attempts, 1);
    EXPECT_EQ(hook->payload["booking"]["id"], id);
    EXPECT_EQ(hook->payload["booking"]["preferredAt"], "2030-03-17T17:46:40Z");
    EXPECT_EQ(hook->payload["booking"]["message"], "Line one\nline \"two\"");
    EXPECT_EQ(hook->payload["tenant"]["subdomain"], "ada");
    EXPECT_EQ(hook->payload["webhook"]["url"], "https://hooks.example.com/x");
    EXPECT_EQ(hook->payload["webhook"]["secret"], std::string(40, 's'));
    EXPECT_TRUE(messages[0].payload["webhook"].is_null());
    EXPECT_TRUE(outbox.claim(OutboxChannel::Mail, 10, 60).empty()) << "all are leased";

    EXPECT_EQ(hook->refusals, 0);
    outbox.failed(hook->id, "http_500", 0, false);
    const auto again = outbox.claim(OutboxChannel::Webhook, 10, 60);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].attempts, 2);
    EXPECT_EQ(again[0].refusals, 0) << "of a failure that may pass";
    outbox.failed(hook->id, "webhook_private_address", 0, false, true);
    EXPECT_EQ(outbox.claim(OutboxChannel::Webhook, 10, 60).at(0).refusals, 1);
    outbox.failed(hook->id, "http_410", 0, true);
    for (const OutboxMessage &message : messages) {
        outbox.sent(message.id);
    }
    const OutboxCounts counts = outbox.counts();
    EXPECT_EQ(counts.pending, 0);
    EXPECT_EQ(counts.sent, 2);
    EXPECT_EQ(counts.dead, 1);
    EXPECT_EQ(counts.oldest_pending_s, 0);
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE outbox::text ILIKE '%example%'"), "0");
}

TEST_F(Outbox, AMessageOfAWorkerThatDiedComesAgainAfterItsLease) {
    bookings.add(request(100));
    EXPECT_EQ(outbox.claim(OutboxChannel::Mail, 10, 60).size(), 2U);
    ASSERT_EQ(owner.done("UPDATE outbox SET next_at = next_at - interval '61 seconds'").message, "");
    EXPECT_EQ(outbox.claim(OutboxChannel::Mail, 10, 60).size(), 2U);
}

} // namespace

} // namespace studio::db
