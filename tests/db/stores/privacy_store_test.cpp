// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_request_store.h"
#include "db/connection/long_work.h"
#include "db/stores/privacy_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/eventually.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <future>

namespace studio::db {

namespace {

using test_support::TestDatabase;

class Privacy : public testing::Test {
protected:
    Privacy() {
        test_support::go_live(people, ada);
        test_support::go_live(people, bea);
    }

    TrackedSession consented(const models::TenantId &tenant, unsigned id, unsigned visitor) {
        TrackedSession visit = visit_of(tenant, uuid_of(id));
        visit.consented = true;
        visit.visitor_id = visit.key = uuid_of(visitor);
        visit.key.back() = static_cast<char>('a' + id % 6); // several visits of this visitor are open at once
        return visit;
    }

    std::string book(const TrackedSession &visit, unsigned key, const std::string &email,
                     Session *session = nullptr) {
        NewBooking booking;
        booking.tenant_id = visit.tenant_id;
        booking.idempotency_key = uuid_of(key);
        booking.client_name = "Nora Client";
        booking.client_email = email;
        booking.client_phone = "+61 400 111 222";
        booking.message = "A secret wish";
        booking.client_key = std::string(32, static_cast<char>('A' + key % 26));
        booking.form_visit_id = visit.id;
        booking.session = visit;
        return BookingRequestStore(session == nullptr ? renderer : *session).add(booking).booking_id;
    }

    std::string count(const std::string &table, const std::string &condition = "true") {
        return owner.value("SELECT count(*) FROM " + table + " WHERE " + condition);
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()}, moderators{database.staff_url()},
        renderer{database.renderer_url()};
    PrivacyStore privacy{renderer}, staff{moderators};
    TrackingStore tracking{renderer};
    Sql owner{database.owner_url()};
};

TEST_F(Privacy, AForgottenVisitorLeavesAReceiptAndNothingElse) {
    const TrackedSession first = consented(ada, 1, 7), second = consented(ada, 2, 7),
                         other = consented(ada, 3, 8), elsewhere = consented(bea, 4, 7);
    tracking.record(
        {{first, second, other, elsewhere},
         {event_of(first, uuid_of(11)), event_of(first, uuid_of(12)), event_of(second, uuid_of(13)),
          event_of(other, uuid_of(14)), event_of(elsewhere, uuid_of(15))},
         {}});
    const std::string booking = book(first, 100, "nora@example.com");
    const VisitorData data = privacy.visitor_data(ada, uuid_of(7));
    EXPECT_EQ(data.sessions, 2);
    EXPECT_EQ(data.events, 3 + 1);
    EXPECT_EQ(data.first_at, first.started_at);

    const ErasureReceipt receipt = privacy.forget_visitor(ada, uuid_of(7));
    EXPECT_EQ(receipt.sessions, 2);
    EXPECT_EQ(receipt.events, 4);
    EXPECT_EQ(receipt.bookings, 0);
    EXPECT_EQ(count("sessions", "visitor_id = '" + uuid_of(7) + "' AND tenant_id = '" + ada.text() + "'"),
              "0");
    EXPECT_EQ(count("events"), "2") << "those of others stay";
    EXPECT_EQ(owner.value("SELECT session_id IS NULL AND conversion_path IS NULL FROM bookings WHERE id = '" +
                          booking + "'"),
              "t");
    EXPECT_EQ(count("erasures", "erasures::text LIKE '%" + uuid_of(7) + "%'"), "0");
    EXPECT_EQ(count("erasures", "id = '" + receipt.id + "' AND sessions = 2 AND events = 4"), "1");
    EXPECT_EQ(privacy.visitor_data(ada, uuid_of(7)).sessions, 0);
    EXPECT_EQ(privacy.visitor_data(ada, uuid_of(7)).first_at, std::nullopt);
    EXPECT_EQ(privacy.forget_visitor(ada, uuid_of(7)).id, "") << "nothing to erase is no receipt";
    EXPECT_EQ(count("erasures"), "1");
}

TEST_F(Privacy, WhatStillComesOfAnErasedVisitorIsDropped) {
    const TrackedSession first = consented(ada, 1, 7), other = consented(ada, 2, 8);
    tracking.record({{first, other}, {event_of(first, uuid_of(11)), event_of(other, uuid_of(12))}, {}});
    privacy.forget_visitor(ada, uuid_of(7));
    const TrackedSession late = consented(ada, 3, 7);
    EXPECT_EQ(
        tracking.record({{late, other}, {event_of(late, uuid_of(13)), event_of(other, uuid_of(14))}, {}}),
        1U);
    EXPECT_EQ(tracking.accept({late, {}}), 0U);
    const std::string booking = book(late, 100, "nora@example.com");
    EXPECT_EQ(count("sessions", "visitor_id = '" + uuid_of(7) + "'"), "0");
    EXPECT_EQ(count("events"), "2");
    EXPECT_EQ(owner.value("SELECT session_id IS NULL FROM bookings WHERE id = '" + booking + "'"), "t");
    EXPECT_EQ(count("erased_subjects t", "t::text LIKE '%" + uuid_of(7) + "%'"), "0") << "a keyed hash only";
}

TEST_F(Privacy, FactsWhoseVisitIsOlderThanTheRetentionGoToo) {
    const TrackedSession hers = consented(ada, 1, 7), other = consented(ada, 2, 8);
    tracking.record({{hers, other}, {event_of(hers, uuid_of(11)), event_of(other, uuid_of(12))}, {}});
    ASSERT_EQ(owner
                  .done("SELECT analytics_update_tenant('" + ada.text() +
                        "', 1000, '0', '0', '0'); SELECT analytics_make_months(current_date - 740, "
                        "current_date - 735); "
                        "UPDATE visit_facts SET day = current_date - 735, started_at = started_at - interval "
                        "'735 days'; "
                        "ALTER TABLE sessions DISABLE TRIGGER USER; DELETE FROM sessions; "
                        "ALTER TABLE sessions ENABLE TRIGGER USER")
                  .message,
              "");
    ASSERT_EQ(count("visit_facts"), "2");
    privacy.forget_visitor(ada, uuid_of(7));
    EXPECT_EQ(owner.value("SELECT string_agg(visit_id::text, ',') FROM visit_facts"), other.id.text());
}

TEST_F(Privacy, ABatchOnItsWayWhileAVisitorIsErasedBringsNothingBack) {
    for (unsigned round = 0; round < 12; ++round) {
        TrackedSession visit = consented(ada, 1, 100 + round);
        visit.key = visit.visitor_id;
        tracking.record({{visit}, {event_of(visit, uuid_of(1000 + round))}, {}});
        ASSERT_EQ(owner.done("DELETE FROM open_visits").message, "") << "as after half an hour";
        auto arriving = std::async(std::launch::async, [&] {
            Session session(database.renderer_url());
            TrackedSession next = visit;
            next.id = models::SessionId(uuid_of(2000 + round));
            TrackingStore(session).record({{next}, {event_of(next, uuid_of(3000 + round))}, {}});
        });
        privacy.forget_visitor(ada, visit.visitor_id);
        arriving.get();
        EXPECT_EQ(count("sessions") + count("events"), "00") << round;
    }
}

TEST_F(Privacy, ConsentAndABookingThatArriveBeforeAnErasureIsCommittedBringNothingBack) {
    TrackedSession visit = consented(ada, 1, 7);
    visit.key = visit.visitor_id;
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    pqxx::connection connection(database.renderer_url());
    pqxx::work erasing(connection);
    erasing.exec("SELECT privacy_forget_visitor('" + ada.text() + "', '" + uuid_of(7) + "')");
    auto accepting = std::async(std::launch::async, [&] {
        Session session(database.renderer_url());
        TrackedSession next = visit;
        next.id = models::SessionId(uuid_of(2));
        return TrackingStore(session).accept({next, {}});
    });
    auto booking = std::async(std::launch::async, [&] {
        Session session(database.renderer_url());
        return book(visit, 100, "nora@example.com", &session);
    });
    EXPECT_TRUE(test_support::eventually([&] {
        return owner.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                           "AND wait_event_type = 'Lock'") == "2";
    }));
    erasing.commit();
    EXPECT_EQ(accepting.get(), 0U);
    const std::string booked = booking.get();
    EXPECT_EQ(count("sessions"), "0");
    EXPECT_EQ(count("events"), "0");
    EXPECT_EQ(count("bookings", "id = '" + booked + "' AND session_id IS NULL AND source_visit_id IS NULL"),
              "1");
}

TEST_F(Privacy, WhatStillComesOfAnErasedVisitIsDroppedUntilTheNextBegins) {
    TrackedSession visit = consented(ada, 1, 7);
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    EXPECT_EQ(staff.forget_session(ada, visit.id).events, 1);
    visit.id = models::SessionId(uuid_of(2));
    EXPECT_EQ(tracking.record({{visit}, {event_of(visit, uuid_of(12))}, {}}), 0U);
    ASSERT_EQ(owner.done("UPDATE open_visits SET last_at = last_at - interval '31 minutes'").message, "");
    visit.id = models::SessionId(uuid_of(3));
    EXPECT_EQ(tracking.record({{visit}, {event_of(visit, uuid_of(13))}, {}}), 1U);
}

TEST_F(Privacy, AVisitWithoutConsentIsErasedForNobodyAndLosesItsBookings) {
    const TrackedSession shared = visit_of(ada, uuid_of(1));
    tracking.record({{shared}, {event_of(shared, uuid_of(11))}, {}});
    const std::string first = book(shared, 100, "nora@example.com"),
                      second = book(shared, 101, "someone@else.example");
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE session_id = '" + shared.id.text() +
                          "' AND source_visit_id = '" + shared.id.text() + "' AND conversion_path IS NULL"),
              "2");
    EXPECT_EQ(staff.erase_email(ada, "nora@example.com").bookings, 1);
    EXPECT_EQ(count("sessions"), "1") << "strangers may be in it";
    EXPECT_EQ(count("events", "id = '" + uuid_of(11) + "'"), "1");
    EXPECT_EQ(owner.value("SELECT num_nonnulls(session_id, source_visit_id) FROM bookings WHERE id = '" +
                          first + "'"),
              "0");
    EXPECT_EQ(owner.value("SELECT num_nonnulls(session_id, source_visit_id) FROM bookings WHERE id = '" +
                          second + "'"),
              "2");
    EXPECT_EQ(staff.forget_session(ada, shared.id).sessions, 0);
    EXPECT_EQ(count("sessions"), "1");
    EXPECT_EQ(owner.value("SELECT num_nonnulls(session_id, source_visit_id) FROM bookings WHERE id = '" +
                          second + "'"),
              "0");
}

TEST_F(Privacy, AForgottenSessionIsThatTenantsOwnOnlyAndForModerators) {
    const TrackedSession visit = consented(ada, 1, 7);
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    EXPECT_EQ(staff.forget_session(bea, visit.id).sessions, 0);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, privacy.forget_session(ada, visit.id), testing::_);
    const ErasureReceipt receipt = staff.forget_session({}, visit.id);
    EXPECT_EQ(receipt.sessions, 1);
    EXPECT_EQ(receipt.events, 1);
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PrivacyStore(companion).forget_session(ada, visit.id), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PrivacyStore(companion).erase_email(ada, "a@example.com"),
                    testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, privacy.erase_email(ada, "a@example.com"), testing::_);
}

TEST_F(Privacy, AnErasedAddressIsInNoTableAnyMore) {
    const TrackedSession booked = consented(ada, 1, 7), earlier = consented(ada, 2, 7),
                         bystander = consented(ada, 3, 9);
    tracking.record(
        {{booked, earlier, bystander},
         {event_of(booked, uuid_of(11)), event_of(earlier, uuid_of(12)), event_of(bystander, uuid_of(13))},
         {}});
    const std::string id = book(booked, 100, "Nora@Example.com");
    book(consented(bea, 4, 5), 101, "nora@example.com");
    book(bystander, 102, "someone@else.example");
    ASSERT_EQ(owner
                  .done("UPDATE bookings SET status = 'accepted', holds = true, starts_at = now(), ends_at = "
                        "now() + interval '1 hour' WHERE id = '" +
                        id + "'")
                  .message,
              "");

    EXPECT_EQ(staff.erase_email(ada, "nobody@example.com").bookings, 0);
    const ErasureReceipt own = staff.erase_email(ada, " nora@example.COM ");
    EXPECT_EQ(own.bookings, 1);
    EXPECT_EQ(own.sessions, 2);
    EXPECT_EQ(own.events, 3);
    EXPECT_EQ(staff.erase_email({}, "nora@example.com").bookings, 1) << "the other companion's";
    EXPECT_EQ(count("outbox"), "2") << "of the bystander's booking";
    ASSERT_EQ(owner.done("DELETE FROM bookings WHERE client_email = 'someone@else.example'").message, "");
    for (const std::string &table : owner.column(
             "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")) {
        EXPECT_EQ(count(table + " t", "t::text ILIKE '%nora%' OR t::text LIKE '%111 222%' OR t::text LIKE "
                                      "'%secret wish%'"),
                  "0")
            << table;
    }
    EXPECT_EQ(
        owner.value("SELECT status || ' ' || (erased_at IS NOT NULL) FROM bookings WHERE id = '" + id + "'"),
        "accepted true");
    EXPECT_EQ(count("sessions"), "1");
}

TEST_F(Privacy, ABookingWithoutAnAddressIsErasedByItsNumberOrByItself) {
    const auto enter = [&](const models::TenantId &tenant, const std::string &phone,
                           const std::string &normal) {
        return owner.value(
            "INSERT INTO bookings (tenant_id, source, client_name, client_phone, client_phone_normal, "
            "message, created_at) VALUES ('" +
            tenant.text() + "', 'phone', 'Mara', nullif('" + phone + "', ''), nullif('" + normal +
            "', ''), 'by the sea', now() - interval '1 day') RETURNING id");
    };
    const std::string national = enter(ada, "0412 345 678", "+61412345678"),
                      abroad = enter(bea, "+61 (412) 345-678", "+61412345678"),
                      unknown = enter(ada, "12-34 567 ask for Mara", ""),
                      other = enter(ada, "0499 111 222", ""), neither = enter(bea, "", "");
    const auto erased = [&] {
        return owner.value(
            "SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), '') FROM bookings WHERE erased_at "
            "IS NOT NULL");
    };
    EXPECT_EQ(staff.erase_phone(ada, "+61412345678").bookings, 1);
    EXPECT_EQ(erased(), national) << "the other companion's stays";
    EXPECT_EQ(staff.erase_phone({}, "+61412345678").bookings, 1);
    EXPECT_EQ(staff.erase_phone({}, "1234567").bookings, 1) << "as it was typed";
    EXPECT_EQ(staff.erase_booking(ada, neither).bookings, 0) << "it is the other companion's";
    const ErasureReceipt receipt = staff.erase_booking({}, neither);
    EXPECT_EQ(receipt.bookings, 1);
    EXPECT_EQ(count("erasures", "id = '" + receipt.id + "' AND kind = 'booking'"), "1");
    EXPECT_EQ(staff.erase_booking({}, neither).id, "") << "nothing is left";
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, '') FROM bookings WHERE erased_at IS NULL"), other);
    EXPECT_EQ(count("bookings b", "b::text LIKE '%Mara%' OR b.client_phone IS NOT NULL"), "1");

    EXPECT_DB_ERROR(ErrorKind::Invalid, staff.erase_phone({}, "12345"), testing::HasSubstr("six digits"));
    EXPECT_DB_ERROR(ErrorKind::NotFound, staff.erase_booking({}, "x"), testing::_);
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PrivacyStore(companion).erase_phone(ada, "0499111222"), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PrivacyStore(companion).erase_booking(ada, other), testing::_);

    // A backup that is older than the erasures.
    const auto kept = PrivacyStore(people).erasures_to_keep();
    for (const ErasedSubject &subject : kept) {
        EXPECT_EQ(ErasedSubject::of_line(subject.line()), subject);
    }
    owner.done("DELETE FROM bookings");
    const std::string restored = enter(ada, "0412 345 678", "+61412345678");
    enter(bea, "+61 (412) 345-678", "+61412345678");
    enter(ada, "12-34 567 ask for Mara", "");
    const std::string stays = enter(ada, "0499 111 222", "");
    EXPECT_EQ(owner
                  .done("INSERT INTO bookings (id, tenant_id, source, client_name, created_at) VALUES ('" +
                        neither + "', '" + bea.text() + "', 'phone', 'Mara', now() - interval '1 day')")
                  .message,
              "");
    Session session(database.owner_url());
    EXPECT_EQ(PrivacyStore(session).apply_erasures(kept).bookings, 4);
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, '') FROM bookings WHERE erased_at IS NULL"), stays);
}

TEST_F(Privacy, WhoeverGaveTwoNumbersIsErasedByEither) {
    const auto enter = [&] {
        return owner.value(
            "INSERT INTO bookings (tenant_id, source, client_name, client_phone, client_phone_normal, "
            "client_phones, created_at) VALUES ('" +
            ada.text() +
            "', 'phone', 'Mara', '0412 345 678 / 0413 456 789', '+61412345678', "
            "'{+61412345678,+61413456789}', now() - interval '1 day') RETURNING id");
    };
    enter();
    EXPECT_EQ(staff.erase_phone(ada, "+61413456789").bookings, 1);
    const auto kept = PrivacyStore(people).erasures_to_keep();
    owner.done("DELETE FROM bookings");
    enter(); // from a backup that is older than the erasure
    Session session(database.owner_url());
    EXPECT_EQ(PrivacyStore(session).apply_erasures(kept).bookings, 1);
    EXPECT_EQ(count("bookings", "client_phone IS NOT NULL OR client_phones IS NOT NULL"), "0");
}

TEST_F(Privacy, WordsAboutWhoeverIsErasedGoFromBlocksAndBlockedTimeToo) {
    owner.done(
        "INSERT INTO bookings (tenant_id, client_name, client_email, client_phone, client_phone_normal, "
        "created_at) VALUES ('" +
        ada.text() +
        "', 'Nora Vale', 'nora@example.com', '0412 345 678', '+61412345678', now() - interval '1 day')");
    Sql login(database.staff_url());
    ASSERT_EQ(login.value("SELECT block_client(NULL, 'email', 'nora@example.com', 'Nora was rude')"), "t");
    ASSERT_EQ(login.value("SELECT block_client(NULL, 'email', 'other@example.com', 'rude too')"), "t");
    for (const std::string note :
         {"Dinner with nora vale", "call 0412-345-678", "write to Nora@example.com", "dentist"}) {
        ASSERT_EQ(owner
                      .done("INSERT INTO time_blocks (tenant_id, starts_at, ends_at, note) VALUES ('" +
                            ada.text() + "', now(), now() + interval '1 hour', '" + note + "')")
                      .message,
                  "");
    }
    staff.erase_email({}, "nora@example.com");
    EXPECT_EQ(owner.value("SELECT string_agg(reason, ' ') FROM blocked_clients WHERE reason <> ''"),
              "rude too");
    EXPECT_EQ(count("blocked_clients"), "2") << "the block itself lasts";
    EXPECT_EQ(owner.value("SELECT string_agg(note, ' ') FROM time_blocks WHERE note <> ''"), "dentist");
    EXPECT_EQ(count("time_blocks"), "4");
}

TEST_F(Privacy, ABlockOutlivesTheErasureAsAHashThatOnlyThisDatabaseCanMake) {
    const TrackedSession visit = consented(ada, 1, 7);
    tracking.record({{visit}, {}, {}});
    book(visit, 100, "nora@example.com");
    Sql login(database.staff_url());
    ASSERT_EQ(login.value("SELECT block_client(NULL, 'email', 'nora@example.com', 'rude')"), "t");
    staff.erase_email({}, "nora@example.com");
    const std::string again = book(consented(ada, 2, 8), 101, "Nora@example.com");
    EXPECT_EQ(owner.value("SELECT blocked FROM bookings WHERE id = '" + again + "'"), "t");
    EXPECT_EQ(count("blocked_clients",
                    "value_hash IN (sha256('email:nora@example.com'), sha256('nora@example.com'))"),
              "0");
}

// A column that somebody adds is wiped with the rest, or stands here with the reason why it may stay.
TEST_F(Privacy, OfAnErasedBookingOnlyTheseColumnsKeepAValue) {
    const TrackedSession visit = consented(ada, 1, 7);
    tracking.record({{visit}, {}, {}});
    const std::string id = book(visit, 100, "nora@example.com");
    ASSERT_EQ(owner
                  .done("UPDATE bookings SET service_type = 'x', preferred_date = now(), preferred_date_end "
                        "= now() + "
                        "interval '1 hour', asked_ends_at = now() + interval '1 hour', client_phones = "
                        "'{x}', duration = 'x', "
                        "time_zone = 'Pacific/Auckland', client_time_zone "
                        "= 'Asia/Tokyo', value_minor = 5, "
                        "terms_accepted_at = now(), conversion_path = '[]', starts_at = now(), ends_at = "
                        "now() + interval "
                        "'1 hour', buffer_minutes = 30, holds = true, held_until = now(), answer_by = now(), "
                        "place_kind = "
                        "'incall', place = 'x', screening = '{}', consent_at = now(), consent_version = 'x', "
                        "reason_code = "
                        "'conduct', move_asked_at = now(), calendar_sequence = 2, deposit_state = 'kept', "
                        "deposit_minor = 1, "
                        "deposit_due_at = now(), deposit_reference = 'x', deposit_received_at = now(), "
                        "deposit_method = 'x', "
                        "reminded_at = now(), deposit_reminded_at = now(), mail_wanted = true, "
                        "flagged_reason = 'address'")
                  .message,
              "");
    staff.erase_email(ada, "nora@example.com");
    EXPECT_EQ(owner.value("SELECT string_agg(key, ' ' ORDER BY key) FROM bookings b, jsonb_each(to_jsonb(b)) "
                          "WHERE value <> 'null'"),
              "blocked buffer_minutes calendar_sequence changed_at client_email client_name created_at "
              "erased_at holds id source status tenant_id value_minor version words_gone");
    EXPECT_EQ(owner.value("SELECT holds FROM bookings"), "f");
}

TEST_F(Privacy, WhatARestoreMustEraseAgainIsKeptAsKeyedHashes) {
    const TrackedSession hers = consented(ada, 1, 7), visit = consented(ada, 2, 8),
                         other = consented(ada, 3, 9);
    const auto fill = [&] {
        tracking.record(
            {{hers, visit, other},
             {event_of(hers, uuid_of(11)), event_of(visit, uuid_of(12)), event_of(other, uuid_of(13))},
             {}});
        book(consented(bea, 4, 5), 101, "Nora@example.com");
        book(other, 102, "someone@else.example");
    };
    fill();
    privacy.forget_visitor(ada, uuid_of(7));
    staff.forget_session({}, visit.id);
    staff.erase_email({}, "nora@example.com");
    const auto kept = PrivacyStore(people).erasures_to_keep();
    ASSERT_EQ(kept.size(), 1U + 5U) << "the visitor who sent the booking and the request's key, too";
    std::vector<ErasedSubject> read;
    for (const ErasedSubject &subject : kept) {
        EXPECT_EQ(subject.line().find("nora"), std::string::npos);
        const auto again = ErasedSubject::of_line(subject.line());
        ASSERT_EQ(again, subject);
        read.push_back(*again);
    }
    // The backup is older than the erasures.
    ASSERT_EQ(owner
                  .done("DELETE FROM erased_subjects; DELETE FROM erasures; DELETE FROM open_visits; DELETE "
                        "FROM bookings; "
                        "DELETE FROM events; DELETE FROM sessions")
                  .message,
              "");
    fill();
    ASSERT_EQ(owner
                  .done("UPDATE bookings SET created_at = now() - interval '1 day'; "
                        "UPDATE sessions SET created_at = now() - interval '1 day'")
                  .message,
              "");
    Session session(database.owner_url());
    const AppliedErasures applied = PrivacyStore(session).apply_erasures(read);
    EXPECT_EQ(applied.sessions, 3);
    EXPECT_EQ(applied.bookings, 1);
    EXPECT_EQ(owner.value("SELECT string_agg(id::text, ',') FROM sessions"), other.id.text());
    EXPECT_EQ(count("bookings b", "b::text ILIKE '%nora@%'"), "0");
    EXPECT_EQ(PrivacyStore(session).apply_erasures(read).sessions, 0);
    EXPECT_EQ(count("erased_subjects"), "5") << "and what still comes of theirs is dropped";

    std::vector<ErasedSubject> foreign = read;
    foreign[0].key_hash.back() = foreign[0].key_hash.back() == 'a' ? 'b' : 'a';
    EXPECT_DB_ERROR(ErrorKind::Invalid, PrivacyStore(session).apply_erasures(foreign),
                    testing::HasSubstr("another database"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PrivacyStore(people).apply_erasures(read), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, privacy.erasures_to_keep(), testing::_);
}

TEST_F(Privacy, ARequestThatIsSentOnceMoreAfterItsErasureBringsNobodyBack) {
    const TrackedSession visit = consented(ada, 1, 7);
    book(visit, 100, "nora@example.com");
    staff.erase_email(ada, "nora@example.com");
    EXPECT_EQ(book(visit, 100, "nora@example.com"), "");
    EXPECT_EQ(count("bookings"), "1");
    EXPECT_EQ(count("bookings b", "b::text ILIKE '%nora%'"), "0");
}

TEST_F(Privacy, WhoBooksAgainAfterAnErasureIsKeptByARestore) {
    book(consented(ada, 1, 7), 100, "nora@example.com");
    staff.erase_email(ada, "nora@example.com");
    const auto kept = PrivacyStore(people).erasures_to_keep();
    const std::string again = book(consented(ada, 2, 8), 101, "nora@example.com");
    Session session(database.owner_url());
    EXPECT_EQ(PrivacyStore(session).apply_erasures(kept).bookings, 0);
    EXPECT_EQ(count("bookings", "id = '" + again + "' AND erased_at IS NULL"), "1");
}

TEST(ErasedSubject, IsReadFromItsOwnLinesOnly) {
    const std::string hash(64, 'a');
    EXPECT_TRUE(ErasedSubject::of_line("email " + hash + " 1790000000000000"));
    for (const std::string &wrong :
         {std::string(), "email " + hash, "email " + hash + " x", "person " + hash + " 1",
          "email " + hash + "a 1", "email " + std::string(64, 'G') + " 1", "email " + hash + " 1 2",
          " " + hash + " 1"}) {
        EXPECT_FALSE(ErasedSubject::of_line(wrong)) << wrong;
    }
}

TEST_F(Privacy, WhatIsOlderThanTwoYearsGoesWithItsPartitionOrInBatches) {
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    book(visit, 100, "nora@example.com");
    ASSERT_EQ(
        owner
            .done("SELECT events_make_partitions((now() - interval '30 months')::date, 31);"
                  "INSERT INTO events (tenant_id, event_type, created_at) SELECT '" +
                  ada.text() +
                  "', 'page_view', now() - interval '24 months' - n * interval '1 second' FROM "
                  "generate_series(1, 12000) n;"
                  "INSERT INTO events (tenant_id, event_type, created_at) VALUES ('" +
                  ada.text() + "', 'page_view', now() - interval '29 months'), ('" + ada.text() +
                  "', 'page_view', now() - interval '23 months 29 days');"
                  "INSERT INTO sessions (tenant_id, created_at) SELECT '" +
                  ada.text() +
                  "', now() - interval '25 months' FROM generate_series(1, 30);"
                  "INSERT INTO bookings (tenant_id, client_name, client_email, created_at) VALUES ('" +
                  ada.text() +
                  "', 'Old', 'o@example.com', now() - interval '25 months');"
                  "INSERT INTO bot_visits VALUES ('" +
                  ada.text() + "', current_date - 800, 'ai', 1), ('" + ada.text() +
                  "', current_date, 'ai', 1);"
                  "INSERT INTO booking_attempts VALUES (sha256('a'), now() - interval '2 days');"
                  "INSERT INTO erasures (kind, sessions, events, assignments, bookings, at) SELECT "
                  "'email', 0, 0, 0, 1, "
                  "now() - n * interval '14 months' FROM generate_series(1, 2) n;"
                  "INSERT INTO erased_subjects (kind, key_hash, erased_at) SELECT 'email', "
                  "sha256(n::text::bytea), "
                  "now() - n * interval '50 days' FROM generate_series(1, 2) n;"
                  "INSERT INTO erased_subjects (kind, key_hash, erased_at) SELECT 'visitor', "
                  "sha256(n::text::bytea), now() - n * interval '199 days' FROM generate_series(1, 2) n")
            .message,
        "");
    const auto report = privacy.retention(base::now());
    ASSERT_TRUE(report.has_value());
    EXPECT_GE(report->partitions_dropped, 5);
    EXPECT_EQ(report->sessions, 30);
    EXPECT_EQ(report->bookings, 1);
    EXPECT_EQ(report->bot_days, 1);
    EXPECT_EQ(report->attempts, 1);
    EXPECT_EQ(report->receipts, 1);
    EXPECT_EQ(report->erased_subjects, 2) << "a visitor's stays longer than her cookie can";
    EXPECT_EQ(count("events", "created_at < now() - interval '24 months'"), "0");
    EXPECT_EQ(count("events", "session_id IS NULL"), "1") << "what is younger by a day stays";
    EXPECT_EQ(count("sessions"), "1");
    EXPECT_EQ(count("bookings"), "1");
    const auto again = privacy.retention(base::now());
    EXPECT_EQ(again->partitions_dropped + again->partitions_made + again->events + again->sessions, 0);
}

TEST_F(Privacy, TheClockIsGivenAndOnlyTheOwnerMaySetItAhead) {
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    const base::Time in_three_years = base::now() + std::chrono::days(3 * 366);
    privacy.retention(in_three_years);
    PrivacyStore(people).retention(in_three_years);
    EXPECT_EQ(count("events"), "1") << "nobody else makes data old";
    Session session(database.owner_url());
    const auto report = PrivacyStore(session).retention(in_three_years);
    EXPECT_GE(report->partitions_dropped, 11);
    EXPECT_GE(report->partitions_made, 12);
    EXPECT_EQ(report->sessions, 1);
    EXPECT_EQ(count("events") + count("sessions"), "00");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, staff.retention(base::now()), testing::_);
}

TEST_F(Privacy, WhoHoldsBookingsStopsNeitherTheRetentionNorAnErasureForLong) {
    const TrackedSession visit = consented(ada, 1, 7);
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    book(visit, 100, "nora@example.com");
    ASSERT_EQ(owner
                  .done("UPDATE bookings SET created_at = now() - interval '25 months'; "
                        "INSERT INTO booking_attempts VALUES (sha256('a'), now() - interval '2 days')")
                  .message,
              "");
    {
        Sql holder(database.owner_url());
        pqxx::work holding(holder.connection());
        holding.exec("SELECT FROM bookings FOR UPDATE");
        const auto report = privacy.retention(base::now());
        EXPECT_EQ(report->bookings, 0);
        EXPECT_EQ(report->attempts, 1);
        EXPECT_DB_ERROR(ErrorKind::Conflict, privacy.forget_visitor(ada, uuid_of(7)),
                        testing::HasSubstr("Nothing was changed; try again"));
        ASSERT_EQ(owner
                      .done("UPDATE sessions SET created_at = now() - interval '25 months'; INSERT INTO "
                            "booking_attempts VALUES (sha256('a'), now() - interval '2 days')")
                      .message,
                  "");
        EXPECT_DB_ERROR(ErrorKind::Conflict, privacy.retention(base::now()), testing::_);
        EXPECT_EQ(count("booking_attempts", "at < now() - interval '1 day'"), "0")
            << "the parts after the one that failed had their turn";
    }
    EXPECT_EQ(privacy.retention(base::now())->bookings, 1);
}

TEST_F(Privacy, TheDaysSaltsAreLeftToTheService) {
    Sql operating(database.operator_url());
    pqxx::work held(operating.connection());
    held.exec("SELECT retention_batch('salts', now(), 100)");
    EXPECT_EQ(owner.value("SELECT count(*) FROM pg_locks WHERE relation = 'visitor_salts'::regclass"), "0");
}

TEST_F(Privacy, APersonsOpenTransactionKeepsTheServiceFromNoRetention) {
    const TrackedSession visit = visit_of(ada, uuid_of(1));
    tracking.record({{visit}, {event_of(visit, uuid_of(11))}, {}});
    const std::string old_rows =
        "INSERT INTO booking_attempts VALUES (sha256('a'), now() - interval '2 days');"
        "INSERT INTO erasures (kind, sessions, events, assignments, bookings, at)"
        " VALUES ('email', 0, 0, 0, 1, now() - interval '25 months')";
    ASSERT_EQ(owner.done(old_rows).message, "");
    Sql operating(database.operator_url());
    pqxx::work held(operating.connection());
    for (const char *what : {"events", "sessions", "bookings", "bot_days", "attempts", "messages", "audit",
                             "client_keys", "booking_words", "receipts", "erased_subjects", "salts"}) {
        held.exec("SELECT retention_batch('" + std::string(what) + "', now(), 100)");
    }
    held.exec("SELECT retention_partitions(now())");
    EXPECT_EQ(owner.value("SELECT count(*) FROM pg_locks WHERE relation = 'job_locks'::regclass"), "0");
    EXPECT_EQ(owner.value("SELECT count(*) FROM pg_locks WHERE relation = 'events'::regclass"
                          " AND mode = 'AccessExclusiveLock'"),
              "0");
    ASSERT_EQ(owner.done(old_rows).message, "");
    const auto report = privacy.retention(base::now());
    ASSERT_TRUE(report.has_value()) << "the job's row is the service's";
    EXPECT_EQ(report->attempts, 1) << "what nobody holds goes";
    EXPECT_EQ(report->receipts, 1);
    held.abort();
    EXPECT_EQ(privacy.retention(base::now())->attempts, 1) << "what was held goes later";
}

TEST_F(Privacy, WhoIdlesWithTheRowOfAJobInHandIsEndedWithinSeconds) {
    Sql operating(database.operator_url());
    pqxx::work held(operating.connection());
    held.exec("SELECT analytics_rebuild('" + ada.text() + "')");
    EXPECT_EQ(end_long_work_of_persons(renderer), 0) << "between two statements of one transaction";
    EXPECT_TRUE(test_support::eventually([&] { return end_long_work_of_persons(renderer) == 1; }));
    EXPECT_THROW(held.exec("SELECT 1"), pqxx::failure);
}

// An operator's statement may take a quarter of an hour, but not while the service waits for the row.
TEST_F(Privacy, WhoWorksWithTheRowOfAJobInHandIsEndedAfterTheLongestStatement) {
    ASSERT_EQ(Sql(database.owner_url())
                  .done("UPDATE platform_settings SET value = '5' WHERE name = 'longest_statement_s'")
                  .message,
              "");
    Sql operating(database.operator_url()), resting(database.operator_url());
    pqxx::work held(operating.connection()), read(resting.connection());
    held.exec("SELECT analytics_rebuild('" + ada.text() + "')");
    read.exec("SELECT 1");
    held.exec("SELECT pg_sleep(5.2)"); // at work, so that it does not end for being idle
    EXPECT_EQ(end_long_work_of_persons(renderer), 1);
    EXPECT_THROW(held.exec("SELECT 1"), pqxx::failure);
    EXPECT_NO_THROW(read.exec("SELECT 1"));
}

TEST_F(Privacy, OneRunsTheRetentionAtATime) {
    Sql other(database.owner_url());
    {
        pqxx::work working(other.connection());
        working.exec("SELECT FROM job_locks WHERE name = 'retention' FOR UPDATE");
        EXPECT_FALSE(privacy.retention(base::now()).has_value());
    }
    EXPECT_TRUE(privacy.retention(base::now()).has_value());
    EXPECT_TRUE(privacy.retention(base::now()).has_value()) << "the lock was given back";
}

} // namespace

} // namespace studio::db
