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

TEST_F(BookingJobs, WhoeverIsWrittenToIsReminded) {
    set_rules(nullptr, {{"reminderHours", 24}});
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.client_email = "caller@example.com";
    by_phone.source = "phone";
    by_phone.start = in_hours(30);
    by_phone.end = in_hours(31);
    const std::string entered = BookingClientStore(staff).enter(by_phone), blocked = ask(in_hours(32)),
                      silent = ask(in_hours(34));
    run("UPDATE bookings SET blocked = true WHERE id IN ('" + blocked + "', '" + silent + "')");
    BookingDecision wanted;
    wanted.mail = true;
    ASSERT_EQ(decide(staff, entered, wanted).outcome, Outcome::Done);
    ASSERT_EQ(decide(staff, blocked, wanted).outcome, Outcome::Done);
    EXPECT_THAT(outbox_kinds(blocked), HasSubstr("client_accepted")) << "as it was wanted";
    ASSERT_EQ(accept(silent).outcome, Outcome::Done);
    EXPECT_THAT(outbox_kinds(silent), testing::Not(HasSubstr("client_accepted")));
    EXPECT_EQ(run_due(in_hours(20)), 2);
    EXPECT_THAT(outbox_kinds(entered), HasSubstr("client_reminder"));
    EXPECT_THAT(outbox_kinds(blocked), HasSubstr("client_reminder"));
    ASSERT_EQ(decide(staff, entered, Action::Cancel).outcome, Outcome::Done);
    EXPECT_THAT(outbox_kinds(entered), HasSubstr("client_cancelled")) << "and hears of what follows";
}

TEST_F(BookingJobs, WhoeverIsNotWrittenToOnceHearsNothingOfWhatFollowsUnlessSomebodySaysSo) {
    set_rules(nullptr, {{"reminderHours", 24}});
    const std::string id = ask(in_hours(30));
    run("DELETE FROM outbox");
    EXPECT_FALSE(booking(id).mail_choice);
    BookingDecision silent;
    silent.mail = false;
    ASSERT_EQ(decide(staff, id, silent).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).mail_choice, std::optional(false));
    EXPECT_EQ(run_due(in_hours(20)), 0) << "no reminder";
    ASSERT_EQ(decide(staff, id, Action::Cancel).outcome, Outcome::Done);
    EXPECT_EQ(outbox_kinds(id), "");
    ASSERT_EQ(decide(staff, id, Action::Reopen).outcome, Outcome::Done);
    BookingDecision told;
    told.mail = true;
    ASSERT_EQ(decide(staff, id, told).outcome, Outcome::Done);
    EXPECT_EQ(outbox_kinds(id), "client_accepted");
    BookingDecision absent;
    absent.action = Action::NoShow;
    absent.mail = false;
    EXPECT_EQ(run_due(in_hours(20)), 1) << "from then on it is as usual";
    run("UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'");
    ASSERT_EQ(decide(staff, id, absent).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).mail_choice, std::optional(true)) << "of a no-show no client is told anyway";
}

TEST_F(BookingJobs, ABookingThatIsAgreedAnewIsRemindedOfAndHasALaterCalendarFile) {
    set_rules(nullptr, {{"reminderHours", 24}});
    const std::string id = ask(in_hours(30));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    ASSERT_EQ(run_due(in_hours(20)), 1);
    const auto sequence = [&] {
        return std::stoi(owner.value("SELECT calendar_sequence FROM bookings WHERE id = '" + id + "'"));
    };
    EXPECT_EQ(sequence(), 0);
    ASSERT_EQ(decide(staff, id, Action::Cancel).outcome, Outcome::Done);
    const int cancelled = sequence();
    ASSERT_EQ(decide(staff, id, Action::Reopen).outcome, Outcome::Done);
    BookingDecision again;
    again.start = in_hours(200);
    ASSERT_EQ(decide(staff, id, again).outcome, Outcome::Done);
    EXPECT_GT(sequence(), cancelled) << "or calendar programs keep the cancellation";
    EXPECT_EQ(run_due(in_hours(190)), 1);
    EXPECT_EQ(count("client_reminder"), "2");
}

TEST_F(BookingJobs, ARequestThatIsOpenedAgainWaitsForItsAnswerThoughItsDayIsOver) {
    set_rules(nullptr, {{"answerHours", 5}});
    const std::string reopened = ask(in_hours(2)), refused = ask(in_hours(3)), answered = ask(in_hours(4));
    EXPECT_EQ(run_due(in_hours(4)), 0) << "there is time to answer";
    ASSERT_EQ(run_due(in_hours(6)), 3);
    for (const std::string &id : {reopened, refused, answered}) {
        ASSERT_EQ(decide(staff, id, Action::Reopen).outcome, Outcome::Done);
    }
    BookingDecision later;
    later.action = Action::Propose;
    later.start = in_hours(300);
    ASSERT_EQ(decide(staff, refused, later).outcome, Outcome::Done);
    decide(staff, answered, Action::Ask);
    run("UPDATE bookings SET starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day', "
        "preferred_date = preferred_date - interval '1 day' WHERE id <> '" +
        refused + "'");
    run("UPDATE bookings SET preferred_date = preferred_date - interval '1 day' WHERE id = '" + refused +
        "'");
    ASSERT_EQ(client_act(ada, client_token(refused), "refuse", booking(refused).version).at("outcome"),
              "done");
    ASSERT_EQ(client_act(ada, client_token(answered), "answer", booking(answered).version, "x").at("outcome"),
              "done");
    EXPECT_EQ(run_due(in_hours(1)), 0);
    for (const std::string &id : {reopened, refused, answered}) {
        EXPECT_EQ(status(id), "pending") << "somebody is about to answer it";
    }
    EXPECT_EQ(run_due(in_hours(7)), 3);
}

TEST_F(BookingJobs, ADepositIsDueBeforeTheBookingBeginsHoweverItIsMoved) {
    set_rules(nullptr, {{"deposit", {{"kind", "amount"}, {"amountMinor", 100}, {"dueHours", 72}}}});
    const std::string id = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_GT(*booking(id).deposit.due, in_hours(70));
    BookingDecision earlier;
    earlier.action = Action::Move;
    earlier.start = in_hours(20);
    ASSERT_EQ(decide(staff, id, earlier).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).deposit.due, in_hours(20));
    BookingDecisionStore store(staff);
    ASSERT_EQ(store.deposit(id, std::nullopt, {"asked", 500, in_hours(90), {}, {}, {}}).outcome,
              Outcome::Done);
    EXPECT_EQ(booking(id).deposit.due, in_hours(20)) << "not after it took place";
    earlier.start = in_hours(200);
    ASSERT_EQ(decide(staff, id, earlier).outcome, Outcome::Done);
    ASSERT_EQ(store.deposit(id, std::nullopt, {"asked", 500, {}, {}, {}, {}}).outcome, Outcome::Done);
    EXPECT_GT(*booking(id).deposit.due, in_hours(71)) << "the days of her rules";
    run("UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour', "
        "deposit_due_at = now() - interval '1 minute'");
    EXPECT_EQ(run_due(in_hours(1)), 0) << "nobody is told of a time that is over that it is not kept";
    EXPECT_EQ(status(id), "accepted");
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
        EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE (duration IS NULL) <> (message IS NULL)"),
                  "0");
        return owner.value("SELECT string_agg(coalesce(message, '-') || coalesce(place, '-'), ' ' ORDER BY "
                           "client_email) FROM bookings");
    };
    for (int at = 0; at < 3; ++at) {
        NewBooking wanted = request(in_hours(100 * (at + 1)));
        wanted.message = "wish";
        wanted.place = "home";
        wanted.duration = "all night long";
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

TEST_F(BookingJobs, WhatIsWrittenAfterNinetyDaysGoesNinetyDaysLater) {
    const auto retain = [&](int days) {
        return owner.value("SELECT retention_batch('booking_words', now() + interval '" +
                           std::to_string(days) + " days', 100)");
    };
    const auto notes = [&] { return owner.value("SELECT count(*) FROM booking_notes"); };
    const std::string done = ask(in_hours(1)), reopened = ask(in_hours(2));
    accept(done);
    decide(staff, done, Action::Complete);
    decide(staff, reopened, Action::Decline);
    ASSERT_EQ(retain(100), "2");
    BookingDecisionStore(staff).add_note(done, "called once more");
    decide(staff, reopened, Action::Reopen);
    decide(staff, reopened, Action::Ask);
    BookingDecision place;
    place.place = "her home";
    ASSERT_EQ(decide(staff, reopened, place).outcome, Outcome::Done);
    EXPECT_EQ(retain(80), "0");
    EXPECT_EQ(notes(), "2");
    retain(100);
    EXPECT_EQ(notes(), "0");
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE place IS NOT NULL"), "0");
}

TEST_F(BookingJobs, OfABookingEnteredByHandTheServiceGoesWithTheOtherWords) {
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.client_phone = "0400 111 222";
    by_phone.source = "phone";
    by_phone.service_type = "what he wishes";
    BookingClientStore(staff).enter(by_phone);
    ask(in_hours(50));
    run("UPDATE bookings SET status = 'declined'");
    owner.done("SELECT retention_batch('booking_words', now() + interval '91 days', 100)");
    EXPECT_EQ(owner.value("SELECT string_agg(service_type, ' ') FROM bookings"), "dinner")
        << "what the site offers stays for the figures";
}

} // namespace

} // namespace studio::db
