// SPDX-License-Identifier: Apache-2.0
// Every state of a booking by every action, two people at once, and decisions that are taken back.
#include "tests/db/fixtures/booking_fixture.h"
#include "tests/support/eventually.h"

#include <gmock/gmock.h>

#include <thread>

namespace studio::db {

namespace {

using models::BookingAction;
using models::BookingStatus;
using testing::HasSubstr;

std::string text(BookingAction action) {
    return std::string(to_string(action));
}

std::string text(BookingStatus status) {
    return std::string(to_string(status));
}

class BookingTransitions : public BookingFixture {
protected:
    // Until a statement waits for the lock that another one holds.
    bool somebody_waits() {
        return test_support::eventually([this] {
            return owner.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                               "AND wait_event_type = 'Lock'") == "1";
        });
    }
    // Also what an action needs besides its state.
    std::string state_for(BookingAction action, BookingStatus from) {
        std::string id = in_state(from);
        if (action == BookingAction::Keep && models::is_agreed(from)) {
            run("UPDATE bookings SET move_asked_at = now() WHERE id = '" + id + "'");
        }
        return id;
    }
    std::string row(const std::string &id) {
        return owner.value(
            "SELECT b::text || (SELECT count(*) FROM booking_history h WHERE h.booking_id = b.id)"
            " || (SELECT count(*) FROM outbox o WHERE o.booking_id = b.id) FROM bookings b WHERE "
            "id = '" +
            id + "'");
    }
};

TEST_F(BookingTransitions, AnAgreedTimeIsKeptOnlyWhereTheClientAskedForAnother) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    ASSERT_EQ(decide(staff, id, Action::Accept).outcome, Outcome::Done);
    const std::string before = row(id);
    EXPECT_EQ(decide(staff, id, Action::Keep).outcome, Outcome::NotAllowed);
    EXPECT_EQ(row(id), before);
    client_act(ada, token, "ask_move", booking(id).version, "a day later?");
    ASSERT_TRUE(booking(id).move_asked);
    const Booking asked = booking(id);
    run("DELETE FROM outbox");
    const DecisionAnswer kept = decide(staff, id, Action::Keep);
    ASSERT_EQ(kept.outcome, Outcome::Done);
    EXPECT_FALSE(booking(id).move_asked);
    EXPECT_EQ(booking(id).start, asked.start);
    EXPECT_EQ(status(id), "accepted");
    EXPECT_EQ(outbox_kinds(id), "client_kept");
    ASSERT_EQ(BookingDecisionStore(staff).undo(id, kept.version).outcome, Outcome::Done);
    EXPECT_TRUE(booking(id).move_asked) << "and can be answered again";
    EXPECT_EQ(outbox_kinds(id), "");
}

TEST_F(BookingTransitions, TheDatabaseHasTheTableOfTheModels) {
    for (const BookingAction action : models::booking_actions()) {
        for (const BookingStatus from : models::booking_statuses()) {
            const auto next = models::next_status(action, from);
            EXPECT_EQ(owner.value("SELECT coalesce(booking_next_status('" + text(action) + "', '" +
                                  text(from) + "'), '-')"),
                      next ? text(*next) : "-")
                << text(action) << " of " << text(from);
        }
    }
}

TEST_F(BookingTransitions, PeopleCanDoWhatTheTableAllowsAndNothingElseChangesAnything) {
    for (const BookingAction action : models::booking_actions()) {
        for (const BookingStatus from : models::booking_statuses()) {
            const std::string id = state_for(action, from), before = row(id);
            const auto next =
                models::is_for_clients(action) ? std::nullopt : models::next_status(action, from);
            const DecisionAnswer answer = decide(staff, id, action);
            const std::string what = text(action) + " of " + text(from);
            if (next) {
                EXPECT_EQ(answer.outcome, Outcome::Done) << what;
                EXPECT_EQ(answer.status, text(*next)) << what;
                EXPECT_EQ(status(id), text(*next)) << what;
                EXPECT_EQ(booking(id).version, 2) << what;
                EXPECT_EQ(booking(id).holds, models::is_agreed(*next)) << what;
            } else {
                EXPECT_EQ(answer.outcome, Outcome::NotAllowed) << what;
                EXPECT_EQ(answer.status, text(from)) << what;
                EXPECT_EQ(row(id), before) << what;
            }
        }
    }
}

TEST_F(BookingTransitions, ClientsCanDoWhatTheTableAllowsAndNothingElseChangesAnything) {
    for (const std::string action : {"agree", "refuse", "answer", "ask_move", "cancel", "accept", "expire"}) {
        const bool theirs = action != "accept" && action != "expire";
        for (const BookingStatus from : models::booking_statuses()) {
            if (from == BookingStatus::Spam) {
                continue;
            }
            const std::string id = in_state(from), before = row(id), what = action + " of " + text(from);
            const auto next =
                theirs ? models::next_status(models::booking_action_of(action).value(), from) : std::nullopt;
            const models::Json answer = client_act(ada, client_token(id), action, 1, "some words");
            EXPECT_EQ(answer.at("outcome"), next ? "done" : "not_allowed") << what;
            EXPECT_EQ(status(id), next ? text(*next) : text(from)) << what;
            EXPECT_TRUE(next || row(id) == before) << what;
        }
    }
}

TEST_F(BookingTransitions, NoStatementJumpsOverTheTable) {
    const std::string id = in_state(BookingStatus::Pending);
    EXPECT_EQ(owner.done("UPDATE bookings SET status = 'completed'").sqlstate, "23514");
    Sql login(database.staff_url()), hers(database.companion_url());
    EXPECT_TRUE(login.tried("UPDATE bookings SET status = 'declined'").denied());
    EXPECT_TRUE(hers.tried("UPDATE bookings SET status = 'declined'").denied());
    for (const std::string table : {"booking_history", "booking_notes", "client_marks", "booking_settings"}) {
        EXPECT_TRUE(
            hers.tried("INSERT INTO " + table + " (tenant_id) VALUES ('" + ada.text() + "')").denied())
            << table;
        EXPECT_TRUE(hers.tried("DELETE FROM " + table).denied()) << table;
        EXPECT_TRUE(login.tried("SELECT FROM " + table + " FOR UPDATE").denied()) << table;
    }
}

// The second learns who did what, for every action that people can take.
TEST_F(BookingTransitions, OfTwoPeopleAtOnceTheSecondOverwritesNothing) {
    for (const BookingAction first : models::booking_actions()) {
        for (const BookingStatus from : models::booking_statuses()) {
            if (models::is_for_clients(first) || !models::next_status(first, from)) {
                continue;
            }
            const std::string id = state_for(first, from), what = text(first) + " of " + text(from);
            const int seen = booking(id).version;
            ASSERT_EQ(decide(people, id, first).outcome, Outcome::Done) << what;
            const std::string after = row(id);
            for (const BookingAction second : models::booking_actions()) {
                BookingDecision decision;
                decision.action = second;
                decision.message = "words";
                decision.start = in_hours(9000);
                const DecisionAnswer answer = BookingDecisionStore(staff).decide(id, seen, decision);
                EXPECT_EQ(answer.outcome, Outcome::Changed) << what;
                EXPECT_EQ(answer.last_action, text(first));
                EXPECT_EQ(answer.last_by, "Olivia Operator");
                EXPECT_TRUE(answer.last_at);
                EXPECT_EQ(answer.version, seen + 1);
            }
            EXPECT_EQ(BookingDecisionStore(staff).deposit(id, seen, {"asked", 5000, {}, {}, {}, {}}).outcome,
                      Outcome::Changed);
            EXPECT_EQ(row(id), after) << what;
        }
    }
}

TEST_F(BookingTransitions, APlaceStaysOrIsChangedOrIsNone) {
    const std::string id = ask(in_hours(100));
    BookingDecision decision;
    decision.place_kind = "outcall";
    decision.place = "1 Example Street";
    ASSERT_EQ(decide(companion, id, decision).outcome, Outcome::Done);
    BookingDecision move;
    move.action = Action::Move;
    move.start = in_hours(200);
    ASSERT_EQ(decide(companion, id, move).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).place, "1 Example Street") << "nothing was said of it";
    EXPECT_EQ(booking(id).place_kind, "outcall");
    move.place_kind = "";
    move.place = "";
    ASSERT_EQ(decide(companion, id, move).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).place, "");
    EXPECT_EQ(booking(id).place_kind, "");
}

TEST_F(BookingTransitions, ARefusedProposalLeavesTheRequestAsLongAsItWasAsked) {
    NewBooking wanted = request(in_hours(100));
    wanted.end = in_hours(103); // as long as the service lasts: the client named no end
    wanted.preferred_end.reset();
    const std::string id = requests.add(wanted).booking_id;
    BookingDecision shorter;
    shorter.action = Action::Propose;
    shorter.start = in_hours(200);
    shorter.end = in_hours(201);
    ASSERT_EQ(decide(staff, id, shorter).outcome, Outcome::Done);
    ASSERT_EQ(client_act(ada, client_token(id), "refuse", 2).at("outcome"), "done");
    EXPECT_EQ(booking(id).start, in_hours(100));
    EXPECT_EQ(booking(id).end, in_hours(103));
}

TEST_F(BookingTransitions, ADecisionIsTakenBackWhileNothingWasSent) {
    set_rules(models::Json::object(), {{"deposit", {{"kind", "amount"}, {"amountMinor", 20000}}}});
    const std::string id = ask(in_hours(100));
    run("DELETE FROM outbox");
    const Booking before = booking(id);
    BookingDecision decision;
    decision.start = in_hours(200);
    decision.place = "1 Example Street";
    decision.message = "See you then";
    decision.reason = "seems kind";
    const DecisionAnswer done = decide(companion, id, decision);
    ASSERT_EQ(done.outcome, Outcome::Done);
    ASSERT_EQ(outbox_kinds(id), "client_accepted");
    ASSERT_EQ(booking(id).deposit.state, "asked");
    EXPECT_EQ(BookingDecisionStore(staff).undo(id, done.version).outcome, Outcome::Changed)
        << "another person";
    EXPECT_EQ(BookingDecisionStore(other_companion).undo(id, done.version).outcome, Outcome::NotFound);
    const DecisionAnswer undone = BookingDecisionStore(companion).undo(id, done.version);
    EXPECT_EQ(undone.outcome, Outcome::Done);
    EXPECT_EQ(undone.status, "pending");
    const Booking after = booking(id);
    EXPECT_EQ(after.status, Status::Pending);
    EXPECT_EQ(after.start, before.start);
    EXPECT_EQ(after.end, before.end);
    EXPECT_EQ(after.place, before.place);
    EXPECT_EQ(after.holds, before.holds);
    EXPECT_EQ(after.answer_by, before.answer_by);
    EXPECT_EQ(after.deposit.state, "");
    EXPECT_EQ(after.deposit.reference, "");
    EXPECT_EQ(outbox_kinds(id), "") << "nobody hears of it";
    EXPECT_TRUE(BookingStore(people).notes(id).empty()) << "nor reads what was written with it";
    EXPECT_EQ(BookingStore(people).history(id).back().action, "undo");
    EXPECT_EQ(BookingDecisionStore(companion).undo(id, undone.version).outcome, Outcome::Changed) << "once";
}

TEST_F(BookingTransitions, AnUndoComesTooLateOnceTheMessageWasTakenForSending) {
    const std::string id = ask(in_hours(100));
    run("DELETE FROM outbox");
    BookingDecision decision;
    decision.action = Action::Decline;
    BookingDecisionStore store(staff);
    EXPECT_TRUE(OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60).empty());
    const DecisionAnswer waiting = store.decide(id, 1, decision, 10);
    EXPECT_TRUE(OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60).empty()) << "it waits ten seconds";
    ASSERT_EQ(store.undo(id, waiting.version).outcome, Outcome::Done);
    const DecisionAnswer done = store.decide(id, std::nullopt, decision, 0);
    ASSERT_EQ(OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60).size(), 1U);
    const DecisionAnswer late = store.undo(id, done.version);
    EXPECT_EQ(late.outcome, Outcome::TooLate);
    EXPECT_EQ(late.status, "declined");
    EXPECT_EQ(status(id), "declined");
}

TEST_F(BookingTransitions, AnUndoWaitsForAClaimThatIsOnItsWay) {
    const std::string id = ask(in_hours(100));
    run("DELETE FROM outbox");
    BookingDecision decision;
    decision.action = Action::Decline;
    const DecisionAnswer done = BookingDecisionStore(staff).decide(id, 1, decision, 0);
    Outcome outcome = Outcome::Done;
    std::thread undoing;
    {
        pqxx::work claim(service.connection());
        ASSERT_EQ(claim.exec("SELECT FROM outbox_claim('mail', 10, 60)").size(), 1U);
        undoing = std::thread([&] { outcome = BookingDecisionStore(staff).undo(id, done.version).outcome; });
        EXPECT_TRUE(somebody_waits());
        claim.commit();
    }
    undoing.join();
    EXPECT_EQ(outcome, Outcome::TooLate);
}

TEST_F(BookingTransitions, AnUndoAfterAMinuteIsTooLateEvenWhereNobodyIsWrittenTo) {
    const std::string id = ask(in_hours(100));
    const DecisionAnswer done = accept(id);
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    EXPECT_EQ(BookingDecisionStore(staff).undo(id, done.version).outcome, Outcome::TooLate);
    run_due(in_hours(0) + std::chrono::hours(2));
    EXPECT_EQ(owner.value("SELECT count(*) FROM booking_history WHERE before IS NOT NULL"), "0")
        << "what was before is not kept";
}

TEST_F(BookingTransitions, AnUndoDoesNotTakeATimeThatSomebodyElseHasNow) {
    const std::string first = ask(in_hours(100)), second = ask(in_hours(100));
    ASSERT_EQ(accept(first).outcome, Outcome::Done);
    const DecisionAnswer cancelled = decide(staff, first, Action::Cancel);
    ASSERT_EQ(accept(second).outcome, Outcome::Done);
    const DecisionAnswer undone = BookingDecisionStore(staff).undo(first, cancelled.version);
    EXPECT_EQ(undone.outcome, Outcome::Overlap);
    EXPECT_EQ(undone.other_booking, second);
    EXPECT_EQ(status(first), "cancelled");
}

TEST_F(BookingTransitions, ADecisionAndAnErasureDoNotMissEachOther) {
    const std::string id = ask(in_hours(100));
    const std::string email = booking(id).client_email;
    std::thread deciding;
    Outcome outcome = Outcome::Done;
    bool noted = true;
    {
        Sql login(database.staff_url());
        pqxx::work erasing(login.connection());
        ASSERT_EQ(erasing.exec("SELECT FROM privacy_erase_email(NULL, '" + email + "')").size(), 1U);
        deciding = std::thread([&] {
            BookingDecision decision;
            decision.message = "See you, " + email;
            outcome = BookingDecisionStore(companion).decide(id, std::nullopt, decision).outcome;
            Sql hers(database.companion_url());
            noted = hers.value("SELECT booking_add_note('" + id + "', 'called " + email + "')") == "t";
        });
        EXPECT_TRUE(somebody_waits());
        erasing.commit();
    }
    deciding.join();
    EXPECT_EQ(outcome, Outcome::NotFound);
    EXPECT_FALSE(noted);
    EXPECT_EQ(owner.value("SELECT count(*) FROM booking_notes"), "0");
    EXPECT_EQ(outbox_kinds(id), "");
}

TEST_F(BookingTransitions, ANoteThatIsWrittenMeanwhileGoesWithTheErasure) {
    const std::string id = ask(in_hours(100));
    const std::string email = booking(id).client_email;
    std::thread erasing;
    {
        Sql hers(database.companion_url());
        pqxx::work noting(hers.connection());
        noting.exec("SELECT booking_add_note('" + id + "', 'called " + email + "')");
        erasing = std::thread([&] {
            Sql(database.staff_url()).done("SELECT FROM privacy_erase_email(NULL, '" + email + "')");
        });
        EXPECT_TRUE(somebody_waits());
        noting.commit();
    }
    erasing.join();
    EXPECT_EQ(
        owner.value("SELECT (erased_at IS NOT NULL) || ' ' || (SELECT count(*) FROM booking_notes) FROM "
                    "bookings"),
        "true 0");
}

TEST_F(BookingTransitions, WhatADecisionNeedsIsSaidByField) {
    const std::string id = ask(in_hours(100));
    BookingDecision decision;
    decision.action = Action::Ask;
    EXPECT_DB_ERROR(ErrorKind::Invalid, decide(staff, id, decision), HasSubstr("question: "));
    decision.action = Action::Propose;
    EXPECT_DB_ERROR(ErrorKind::Invalid, decide(staff, id, decision), HasSubstr("start: "));
    decision.start = in_hours(100);
    decision.end = in_hours(99);
    EXPECT_DB_ERROR(ErrorKind::Invalid, decide(staff, id, decision), HasSubstr("end: "));
    EXPECT_EQ(status(id), "pending");
    EXPECT_EQ(decide(staff, "not-a-uuid", Action::Accept).outcome, Outcome::NotFound);
}

TEST_F(BookingTransitions, TimesThatNobodyCanMeanAreRefused) {
    const std::string id = ask(in_hours(100));
    BookingDecision decision;
    const auto refused = [&](Action action, int start, int end, const char *field) {
        decision.action = action;
        decision.start = in_hours(start);
        decision.end = in_hours(end);
        EXPECT_DB_ERROR(ErrorKind::Invalid, decide(staff, id, decision), HasSubstr(field));
    };
    refused(Action::Propose, -24, -22, "start: must be later than now");
    refused(Action::Propose, 100, 100 + 24 * 31 + 1, "end: a booking lasts at most 31 days");
    refused(Action::Accept, 100, 24 * 365 * 100, "end: a booking lasts at most 31 days");
    refused(Action::Propose, 24 * 735, 24 * 735 + 1, "start: must be within the next two years");
    EXPECT_EQ(status(id), "pending");
    decision.action = Action::Accept;
    decision.start = in_hours(-2);
    decision.end = in_hours(-1);
    EXPECT_EQ(decide(staff, id, decision).outcome, Outcome::Done) << "it took place, and is entered now";
    refused(Action::Move, -24, -22, "start: must be later than now");
    decision.start = in_hours(100);
    decision.end = in_hours(100 + 24 * 31);
    EXPECT_EQ(decide(staff, id, decision).outcome, Outcome::Done);
}

TEST_F(BookingTransitions, EnteringTheDepositKeepsTheClientsWishToMove) {
    set_rules(nullptr, {{"deposit", {{"kind", "amount"}, {"amountMinor", 20000}}}});
    const std::string id = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    ASSERT_EQ(client_act(ada, client_token(id), "ask_move", 2, "An hour later?").at("outcome"), "done");
    ASSERT_EQ(BookingDecisionStore(staff).deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}).outcome,
              Outcome::Done);
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_TRUE(booking(id).move_asked) << "somebody still waits";
    BookingDecision moved;
    moved.action = Action::Move;
    moved.start = in_hours(101);
    ASSERT_EQ(decide(staff, id, moved).outcome, Outcome::Done);
    EXPECT_FALSE(booking(id).move_asked);
}

// Neither has a button: people enter what came of a deposit.
TEST_F(BookingTransitions, NobodyConfirmsOrReleasesByHand) {
    const std::string id = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(decide(staff, id, Action::Confirm).outcome, Outcome::NotAllowed);
    EXPECT_EQ(decide(companion, id, Action::Release).outcome, Outcome::NotAllowed);
    EXPECT_EQ(status(id), "accepted");
}

TEST_F(BookingTransitions, TheHistorySaysWhoDidWhatAndHoldsNoWordOfAClient) {
    const std::string id = ask(in_hours(100));
    decide(staff, id, Action::Ask);
    ASSERT_EQ(client_act(ada, client_token(id), "answer", 2, "Grand Hotel, secret wish").at("outcome"),
              "done");
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    std::string lines;
    for (const BookingChange &change : BookingStore(companion).history(id)) {
        lines += change.actor_kind + " " + change.actor + " " + change.action + " " + change.from_status +
                 ">" + change.to_status + "\n";
    }
    EXPECT_EQ(lines, "client  request >pending\nperson Sam Staff ask pending>waiting\n"
                     "client  answer waiting>pending\nperson Sam Staff accept pending>accepted\n");
    EXPECT_EQ(
        owner.value("SELECT count(*) FROM booking_history h WHERE h::text ILIKE '%secret wish%' OR h::text "
                    "ILIKE '%example.com%'"),
        "0");
    EXPECT_TRUE(BookingStore(other_companion).history(id).empty());
    EXPECT_TRUE(BookingStore(other_companion).notes(id).empty());
    EXPECT_EQ(BookingStore(companion).notes(id).size(), 2U);
}

} // namespace

} // namespace studio::db
