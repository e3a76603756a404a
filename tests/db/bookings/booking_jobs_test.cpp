// SPDX-License-Identifier: Apache-2.0
// Deposits, and what happens to bookings by itself when time passes.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::MatchesRegex;

class BookingJobs : public BookingFixture {
protected:
    models::Json deposit_rule(const std::string &kind, int amount, int percent) {
        return {
            {"deposit", {{"kind", kind}, {"amountMinor", amount}, {"percent", percent}, {"dueHours", 24}}}};
    }
    DecisionAnswer deposit(const std::string &id, const std::string &what) {
        return BookingDecisionStore(staff).deposit(id, std::nullopt, {what, {}, {}, {}, "cash", {}});
    }
    // As if it had been changed some hours ago.
    void make_old(const std::string &id) {
        run("UPDATE bookings SET changed_at = changed_at - interval '3 hours' WHERE id = '" + id + "'");
    }
    std::string count(const std::string &kind) {
        return owner.value("SELECT count(*) FROM outbox WHERE kind = '" + kind + "'");
    }
};

TEST_F(BookingJobs, AnAcceptanceAsksForTheDepositOfTheRules) {
    set_rules(nullptr, deposit_rule("amount", 15000, 0));
    const std::string fixed = ask(in_hours(100));
    ASSERT_EQ(accept(fixed).outcome, Outcome::Done);
    const BookingDeposit asked = booking(fixed).deposit;
    EXPECT_EQ(asked.state, "asked");
    EXPECT_EQ(asked.minor, 15000);
    EXPECT_THAT(asked.reference, MatchesRegex("[0-9A-HJKMNP-TV-Z]{10}"));
    EXPECT_GT(*asked.due, in_hours(23));
    EXPECT_LT(*asked.due, in_hours(26));
    set_rules(nullptr, deposit_rule("share", 0, 25));
    const std::string share = ask(in_hours(20));
    run("UPDATE bookings SET value_minor = 80010 WHERE id = '" + share + "'");
    ASSERT_EQ(accept(share).outcome, Outcome::Done);
    EXPECT_EQ(booking(share).deposit.minor, 20003);
    EXPECT_EQ(booking(share).deposit.due, in_hours(20)) << "not later than it begins";
    const std::string without = ask(in_hours(200));
    BookingDecision decision;
    decision.with_deposit = false;
    ASSERT_EQ(decide(staff, without, decision).outcome, Outcome::Done);
    EXPECT_EQ(booking(without).deposit.state, "");
    const std::string no_value = ask(in_hours(300));
    run("UPDATE bookings SET value_minor = NULL WHERE id = '" + no_value + "'");
    ASSERT_EQ(accept(no_value).outcome, Outcome::Done);
    EXPECT_EQ(booking(no_value).deposit.state, "") << "a share of nothing";
}

TEST_F(BookingJobs, ADepositThatCameConfirmsAndIsReturnedOrKept) {
    set_rules(nullptr, deposit_rule("amount", 15000, 0));
    const std::string id = ask(in_hours(100));
    EXPECT_EQ(deposit(id, "received").outcome, Outcome::NotAllowed);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(deposit(id, "returned").outcome, Outcome::NotAllowed);
    const DecisionAnswer received = deposit(id, "received");
    EXPECT_EQ(received.outcome, Outcome::Done);
    EXPECT_EQ(received.status, "confirmed");
    EXPECT_EQ(booking(id).deposit.state, "received");
    EXPECT_EQ(booking(id).deposit.method, "cash");
    EXPECT_TRUE(booking(id).deposit.received);
    EXPECT_THAT(outbox_kinds(id), HasSubstr("client_confirmed"));
    ASSERT_EQ(BookingDecisionStore(staff).undo(id, received.version).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).deposit.state, "asked");
    EXPECT_FALSE(booking(id).deposit.received);
    EXPECT_EQ(status(id), "accepted");
    ASSERT_EQ(deposit(id, "received").outcome, Outcome::Done);
    EXPECT_EQ(deposit(id, "received").outcome, Outcome::NotAllowed) << "once";
    ASSERT_EQ(decide(staff, id, Action::Cancel).outcome, Outcome::Done);
    ASSERT_EQ(deposit(id, "kept").outcome, Outcome::Done);
    ASSERT_EQ(deposit(id, "returned").outcome, Outcome::Done);
    EXPECT_EQ(deposit(id, "kept").outcome, Outcome::NotAllowed);
    EXPECT_EQ(deposit(id, "stolen").outcome, Outcome::NotAllowed);
    EXPECT_EQ(BookingDecisionStore(other_companion)
                  .deposit(id, std::nullopt, {"returned", {}, {}, {}, {}, {}})
                  .outcome,
              Outcome::NotFound);
}

TEST_F(BookingJobs, ADepositCanBeAskedByHandAndNeedsAnAmountAndADayToCome) {
    const std::string id = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    BookingDecisionStore store(staff);
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.deposit(id, std::nullopt, {"asked", {}, {}, {}, {}, {}}),
                    HasSubstr("amount: "));
    EXPECT_DB_ERROR(ErrorKind::Invalid,
                    store.deposit(id, std::nullopt, {"asked", 500, in_hours(-2), {}, {}, {}}),
                    HasSubstr("due: "));
    ASSERT_EQ(store.deposit(id, std::nullopt, {"asked", 500, in_hours(30), {}, {}, {}}).outcome,
              Outcome::Done);
    EXPECT_EQ(booking(id).deposit.due, in_hours(30));
    const std::string reference = booking(id).deposit.reference;
    ASSERT_EQ(store.deposit(id, std::nullopt, {"asked", 700, {}, {}, {}, false}).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).deposit.minor, 700);
    EXPECT_EQ(booking(id).deposit.reference, reference) << "the client may have it already";
}

TEST_F(BookingJobs, AnAcceptedBookingWhoseDepositDidNotComeIsReleasedWithAWordToBoth) {
    set_rules(nullptr, deposit_rule("amount", 15000, 0));
    const std::string id = ask(in_hours(100)), other = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(20)), 0);
    EXPECT_EQ(run_due(in_hours(26)), 1);
    EXPECT_EQ(run_due(in_hours(26)), 0) << "once";
    const Booking released = booking(id);
    EXPECT_EQ(released.status, Status::Released);
    EXPECT_EQ(released.deposit.state, "overdue");
    EXPECT_EQ(released.reason_code, "no_deposit");
    EXPECT_FALSE(released.holds);
    EXPECT_THAT(outbox_kinds(id),
                testing::AllOf(HasSubstr("client_released"), HasSubstr("companion_released")));
    EXPECT_EQ(accept(other).outcome, Outcome::Done) << "the time is free";
    EXPECT_EQ(decide(staff, id, Action::Reopen).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).deposit.state, "");
}

TEST_F(BookingJobs, WhatNobodyAnsweredExpiresInItsTime) {
    set_rules(nullptr, {{"clientAnswerHours", 10}, {"answerHours", 5}});
    const std::string pending = ask(in_hours(40)), waiting = ask(in_hours(100)),
                      proposed = ask(in_hours(200));
    decide(staff, waiting, Action::Ask);
    decide(staff, proposed, Action::Propose);
    EXPECT_EQ(run_due(in_hours(9)), 0);
    EXPECT_EQ(run_due(in_hours(12)), 2);
    EXPECT_EQ(status(waiting), "expired");
    EXPECT_EQ(status(proposed), "expired");
    EXPECT_EQ(status(pending), "pending") << "staff can still answer until it would begin";
    EXPECT_EQ(run_due(in_hours(41)), 1);
    EXPECT_EQ(status(pending), "expired");
    EXPECT_EQ(BookingStore(people).history(pending).back().actor_kind, "service");
}

TEST_F(BookingJobs, ARequestWithoutATimeExpiresAfterAMonth) {
    NewBooking wanted = request(in_hours(100));
    wanted.start = wanted.end = std::nullopt;
    wanted.preferred = wanted.preferred_end = std::nullopt;
    const std::string id = requests.add(wanted).booking_id;
    EXPECT_EQ(run_due(in_hours(24 * 29)), 0);
    EXPECT_EQ(run_due(in_hours(24 * 32)), 1);
    EXPECT_EQ(status(id), "expired");
}

TEST_F(BookingJobs, RemindersGoOnceAndNotRightAfterAChange) {
    set_rules(nullptr, {{"reminderHours", 24},
                        {"depositReminderHours", 12},
                        {"deposit", {{"kind", "amount"}, {"amountMinor", 100}, {"dueHours", 40}}}});
    const std::string id = ask(in_hours(60));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(20)), 0);
    EXPECT_EQ(run_due(in_hours(30)), 1);
    EXPECT_EQ(run_due(in_hours(31)), 0);
    EXPECT_EQ(count("client_deposit_reminder"), "1");
    ASSERT_EQ(deposit(id, "received").outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(38)), 1);
    EXPECT_EQ(run_due(in_hours(39)), 0);
    EXPECT_EQ(count("client_reminder"), "1");
    BookingDecision moved;
    moved.action = Action::Move;
    moved.start = in_hours(120);
    ASSERT_EQ(decide(staff, id, moved).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(100)), 1) << "for the new time";
    EXPECT_EQ(count("client_reminder"), "2");
    const std::string soon = ask(in_hours(3));
    BookingDecision decision;
    decision.with_deposit = false;
    ASSERT_EQ(decide(staff, soon, decision).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(1)), 0) << "the client has just heard of it";
    make_old(soon);
    EXPECT_EQ(run_due(in_hours(1)), 1);
}

TEST_F(BookingJobs, NobodyIsRemindedWithoutTheSettingNorWhereItWasEnteredByHand) {
    const std::string id = ask(in_hours(30));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(20)), 0);
    set_rules(nullptr, {{"reminderHours", 24}});
    run("UPDATE bookings SET source = 'phone'");
    EXPECT_EQ(run_due(in_hours(20)), 0);
}

// On both nights on which Sydney changes its clocks, and with a booking on each day.
TEST_F(BookingJobs, TheAgendaGoesOnceAMorningByHerClock) {
    run("UPDATE tenant_settings_history SET zone = 'Australia/Sydney'");
    set_rules(nullptr, {{"agendaAt", "02:30"}});
    const auto at = [&](const std::string &utc) {
        return owner.value("SELECT booking_run_due('" + utc + "+00', 100)");
    };
    const auto book = [&](const std::string &utc) {
        run("INSERT INTO bookings (tenant_id, client_name, client_email, status, holds, starts_at, ends_at, "
            "reminded_at) "
            "VALUES ('" +
            ada.text() + "', 'N.', 'n@example.com', 'confirmed', true, '" + utc + "+00', timestamptz '" +
            utc + "+00' + interval '1 hour', now())");
    };
    book("2031-04-05 08:00"); // Saturday evening
    book("2031-04-06 08:00"); // Sunday: at 3:00 it was 2:00 again
    book("2031-10-04 08:00");
    book("2031-10-05 08:00"); // Sunday: 2:30 was left out
    EXPECT_EQ(at("2031-04-04 15:29"), "0") << "2:29";
    EXPECT_EQ(at("2031-04-04 15:30"), "1");
    EXPECT_EQ(at("2031-04-04 20:00"), "0");
    EXPECT_EQ(at("2031-04-05 15:30"), "1") << "2:30 in summer time";
    EXPECT_EQ(at("2031-04-05 16:30"), "0") << "2:30 again";
    EXPECT_EQ(at("2031-10-03 16:30"), "1");
    EXPECT_EQ(at("2031-10-04 15:59"), "0") << "1:59, and then it is 3:00";
    EXPECT_EQ(at("2031-10-04 16:00"), "1");
    EXPECT_EQ(at("2031-10-05 15:30"), "0") << "a day without a booking";
    EXPECT_EQ(count("companion_agenda"), "4");
}

TEST_F(BookingJobs, TheAgendaHoldsTheDaysBookings) {
    run("UPDATE tenant_settings_history SET zone = 'Australia/Sydney'");
    set_rules(nullptr, {{"agendaAt", "00:00"}});
    const std::string id = ask(in_hours(3));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    run("UPDATE booking_settings SET agenda_day = NULL");
    run("DELETE FROM outbox");
    run_due(in_hours(3));
    const auto messages = OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60);
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].kind, "companion_agenda");
    EXPECT_EQ(owner.value("SELECT json_array_length(booking_agenda('" + ada.text() +
                          "', starts_at)) FROM bookings"),
              "1");
}

TEST_F(BookingJobs, TwoServicesDoNotDoTheSameAndAHeldBookingWaits) {
    set_rules(nullptr, {{"clientAnswerHours", 1}});
    const std::string held = ask(in_hours(100)), free = ask(in_hours(200));
    decide(staff, held, Action::Ask);
    decide(staff, free, Action::Ask);
    Sql hers(database.companion_url());
    pqxx::work open(hers.connection());
    open.exec("SELECT booking_add_note('" + held + "', 'open')");
    EXPECT_EQ(run_due(in_hours(3)), 1);
    EXPECT_EQ(status(free), "expired");
    open.abort();
    EXPECT_EQ(run_due(in_hours(3)), 1);
    EXPECT_EQ(status(held), "expired");
}

TEST_F(BookingJobs, OnlyTheServiceAndOperatorsRunTheJobAndNeverInTheFuture) {
    const std::string id = ask(in_hours(2));
    for (const std::string &url : {database.staff_url(), database.companion_url()}) {
        const auto outcome = Sql(url).tried("SELECT booking_run_due(now(), 10)");
        EXPECT_TRUE(outcome.denied()) << outcome.sqlstate << outcome.message;
    }
    EXPECT_EQ(service.value("SELECT booking_run_due(now() + interval '1 year', 10)"), "0");
    EXPECT_EQ(status(id), "pending");
}

TEST_F(BookingJobs, WordsGoNinetyDaysAfterTheDateOrAfterItCameToNothing) {
    const auto words_after = [&](int days) {
        owner.done("SELECT retention_batch('booking_words', now() + interval '" + std::to_string(days) +
                   " days', 100)");
        return owner.value("SELECT string_agg(coalesce(message, '-') || coalesce(place, '-'), ' ' ORDER BY "
                           "client_email) FROM bookings");
    };
    for (int at = 0; at < 3; ++at) {
        NewBooking wanted = request(in_hours(100 * (at + 1)));
        wanted.message = "wish";
        wanted.place = "home";
        wanted.screening = {{"q", "a"}};
        requests.add(wanted);
    }
    const std::string declined = owner.value("SELECT id FROM bookings ORDER BY client_email LIMIT 1"),
                      done = owner.value("SELECT id FROM bookings ORDER BY client_email OFFSET 1 LIMIT 1");
    BookingDecision no;
    no.action = Action::Decline;
    no.reason = "rude on the phone";
    decide(staff, declined, no);
    accept(done);
    BookingDecisionStore(staff).add_note(done, "likes tea");
    run("UPDATE bookings SET starts_at = starts_at + interval '20 days', ends_at = ends_at + interval '20 "
        "days' WHERE "
        "id = '" +
        done + "'");
    EXPECT_EQ(words_after(89), "wishhome wishhome wishhome");
    EXPECT_EQ(words_after(92), "-- wishhome wishhome");
    EXPECT_EQ(owner.value("SELECT count(*) FROM booking_notes"), "1") << "the reason went, too";
    EXPECT_EQ(words_after(130), "-- -- wishhome") << "the last one is still to be answered";
    EXPECT_EQ(owner.value("SELECT count(*) FROM booking_notes"), "0");
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE screening IS NULL AND words_gone"), "2");
    EXPECT_EQ(
        owner.value(
            "SELECT count(*) FROM booking_history WHERE before::text LIKE '%home%' AND booking_id <> (SELECT "
            "id FROM bookings ORDER BY client_email DESC LIMIT 1)"),
        "0");
}

} // namespace

} // namespace studio::db
