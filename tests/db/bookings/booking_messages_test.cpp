// SPDX-License-Identifier: Apache-2.0
// Which messages about a booking still go when others follow, or when they could not go for long.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class BookingMessages : public BookingFixture {
protected:
    // A request about whose arrival everybody was told.
    std::string told_request(int hours = 100) {
        const std::string id = ask(in_hours(hours));
        run("DELETE FROM outbox");
        return id;
    }
    DecisionAnswer decide_now(const std::string &id, Action action, int delay_s = 0) {
        BookingDecision decision;
        decision.action = action;
        if (action == Action::Ask) {
            decision.message = "Which hotel?";
        }
        if (action == Action::Propose) {
            decision.start = *booking(id).start + std::chrono::hours(1);
        }
        const DecisionAnswer answer = BookingDecisionStore(staff).decide(id, std::nullopt, decision, delay_s);
        EXPECT_EQ(answer.outcome, Outcome::Done);
        return answer;
    }
    // What the service gets to send at this moment.
    std::vector<OutboxMessage> claimed() { return OutboxStore(renderer).claim(OutboxChannel::Mail, 20, 900); }
    std::vector<std::string> kinds() {
        std::vector<std::string> kinds;
        for (const OutboxMessage &message : claimed()) {
            kinds.push_back(message.kind);
        }
        return kinds;
    }
    // The mail server does not answer: what is due waits for hours.
    void fail_all() {
        OutboxStore outbox(renderer);
        for (const OutboxMessage &message : outbox.claim(OutboxChannel::Mail, 20, 900)) {
            outbox.failed(message.id, "smtp_unreachable", 7200, false);
        }
    }
    void let_all_be_due() { run("UPDATE outbox SET next_at = now() WHERE status = 'pending'"); }
    std::string waiting() { return owner.value("SELECT count(*) FROM outbox"); }
};

TEST_F(BookingMessages, OfTwoDecisionsWhileTheMailServerIsAwayTheLaterIsTold) {
    const std::string id = told_request();
    decide_now(id, Action::Accept);
    fail_all();
    decide_now(id, Action::Cancel);
    EXPECT_THAT(kinds(), ElementsAre("client_cancelled")) << "the mail server is back";
    let_all_be_due();
    EXPECT_THAT(kinds(), ElementsAre("client_cancelled")) << "and nothing of before comes later";
    EXPECT_EQ(waiting(), "1");
}

TEST_F(BookingMessages, TheSameStateTwiceIsToldOnce) {
    const std::string id = told_request();
    decide_now(id, Action::Accept);
    fail_all();
    decide_now(id, Action::Cancel);
    fail_all();
    decide_now(id, Action::Reopen);
    decide_now(id, Action::Accept);
    let_all_be_due();
    EXPECT_THAT(kinds(), ElementsAre("client_accepted"));
    EXPECT_EQ(waiting(), "1");
}

TEST_F(BookingMessages, ADecisionThatIsChangedWithinSecondsIsNotTold) {
    const std::string id = told_request();
    decide_now(id, Action::Accept, 10);
    const DecisionAnswer cancelled = decide_now(id, Action::Cancel, 10);
    run("UPDATE outbox SET next_at = now() WHERE kind = 'client_accepted'"); // its ten seconds are over
    EXPECT_THAT(kinds(), IsEmpty()) << "the cancellation can still be taken back";
    ASSERT_EQ(BookingDecisionStore(staff).undo(id, cancelled.version).outcome, Outcome::Done);
    EXPECT_THAT(kinds(), ElementsAre("client_accepted")) << "and it was";
    const std::string other = told_request(200);
    decide_now(other, Action::Accept, 10);
    decide_now(other, Action::Cancel, 10);
    let_all_be_due();
    EXPECT_THAT(kinds(), ElementsAre("client_cancelled"));
}

TEST_F(BookingMessages, AChangeOfWhichNobodyIsToldWithdrawsWhatNoLongerHolds) {
    const std::string id = told_request();
    decide_now(id, Action::Accept);
    fail_all();
    BookingDecision quiet;
    quiet.action = Action::Cancel;
    quiet.mail = false;
    ASSERT_EQ(decide(staff, id, quiet).outcome, Outcome::Done);
    let_all_be_due();
    EXPECT_THAT(kinds(), IsEmpty());
    EXPECT_EQ(waiting(), "1") << "until the cancellation cannot be taken back any more";
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    EXPECT_THAT(kinds(), IsEmpty());
    EXPECT_EQ(waiting(), "0");
}

TEST_F(BookingMessages, AQuestionAndAProposalGoOnlyWhileTheyAreOpen) {
    const std::string asked = told_request(100), proposed = told_request(200);
    decide_now(asked, Action::Ask);
    decide_now(proposed, Action::Propose);
    fail_all();
    ASSERT_EQ(client_act(ada, client_token(asked), "answer", 2, "yes").at("outcome"), "done");
    run("UPDATE bookings SET answer_by = now() - interval '1 minute' WHERE id = '" + proposed + "'");
    ASSERT_EQ(run_due(in_hours(0) + std::chrono::hours(1)), 1);
    let_all_be_due();
    EXPECT_THAT(kinds(),
                testing::UnorderedElementsAre("companion_answer", "client_expired", "companion_expired"));
    EXPECT_EQ(waiting(), "3");
}

TEST_F(BookingMessages, OneRequestsDecisionsWithdrawNothingOfAnothers) {
    const std::string one = told_request(100), other = told_request(200);
    decide_now(one, Action::Accept);
    decide_now(other, Action::Decline);
    EXPECT_THAT(kinds(), testing::UnorderedElementsAre("client_accepted", "client_declined"));
}

TEST_F(BookingMessages, TheArrivalOfARequestIsNotToldAfterItsAnswer) {
    const std::string id = ask(in_hours(100));
    fail_all();
    decide_now(id, Action::Decline);
    let_all_be_due();
    EXPECT_THAT(kinds(), testing::UnorderedElementsAre("companion_email", "client_declined"));
}

TEST_F(BookingMessages, NobodyIsRemindedOfWhatIsCancelledMovedOrOver) {
    set_rules(nullptr, {{"reminderHours", 24}});
    std::vector<std::string> ids;
    for (const int hours : {30, 32, 34, 36}) {
        ids.push_back(told_request(hours));
        decide_now(ids.back(), Action::Accept);
    }
    run("DELETE FROM outbox");
    ASSERT_EQ(run_due(in_hours(20)), 4);
    BookingDecision change;
    change.mail = false;
    change.action = Action::Cancel;
    decide(staff, ids[0], change);
    change.action = Action::Move;
    change.start = in_hours(200);
    decide(staff, ids[1], change);
    run("UPDATE bookings SET starts_at = now() - interval '1 minute' WHERE id = '" + ids[2] + "'");
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    const auto messages = claimed();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].kind, "client_reminder");
    EXPECT_EQ(messages[0].payload.at("booking").at("id"), ids[3]);
    EXPECT_EQ(waiting(), "1");
}

TEST_F(BookingMessages, NobodyIsRemindedOfADepositThatCameOrIsNotAskedAnyMore) {
    set_rules(nullptr, {{"depositReminderHours", 12},
                        {"deposit", {{"kind", "amount"}, {"amountMinor", 100}, {"dueHours", 40}}}});
    std::vector<std::string> ids;
    for (const int hours : {60, 62, 64}) {
        ids.push_back(told_request(hours));
        decide_now(ids.back(), Action::Accept);
    }
    run("DELETE FROM outbox");
    ASSERT_EQ(run_due(in_hours(35)), 3);
    BookingDecisionStore(staff).deposit(ids[0], std::nullopt, {"received", {}, {}, {}, {}, false});
    run("UPDATE bookings SET deposit_due_at = now() - interval '1 minute' WHERE id = '" + ids[1] + "'");
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    const auto messages = claimed();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].kind, "client_deposit_reminder");
    EXPECT_EQ(messages[0].payload.at("booking").at("id"), ids[2]);
}

TEST_F(BookingMessages, YesterdaysAgendaDoesNotGo) {
    set_rules(nullptr, {{"agendaAt", "00:00"}});
    const std::string id = told_request(3);
    decide_now(id, Action::Accept);
    run("DELETE FROM outbox");
    ASSERT_EQ(run_due(*booking(id).start), 1);
    run("UPDATE outbox SET created_at = now() - interval '25 hours'");
    EXPECT_THAT(kinds(), IsEmpty());
    EXPECT_EQ(waiting(), "0");
}

} // namespace

} // namespace studio::db
