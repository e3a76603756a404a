// SPDX-License-Identifier: Apache-2.0
// Deposits that are asked for again, entered by mistake, or due when their booking is opened again.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using testing::HasSubstr;

class BookingDeposits : public BookingFixture {
protected:
    BookingDeposits() { set_rules(nullptr, {{"deposit", {{"kind", "amount"}, {"amountMinor", 15000}}}}); }
    DecisionAnswer deposit(const std::string &id, const std::string &what) {
        return BookingDecisionStore(staff).deposit(id, std::nullopt, {what, {}, {}, {}, "cash", {}}, 0);
    }
    std::string confirmed(int hour = 100) {
        const std::string id = ask(in_hours(hour));
        EXPECT_EQ(accept(id).outcome, Outcome::Done);
        EXPECT_EQ(deposit(id, "received").status, "confirmed");
        return id;
    }
};

TEST_F(BookingDeposits, OneThatWasReturnedIsAskedForAgain) {
    const std::string id = confirmed();
    decide(staff, id, Action::Cancel);
    ASSERT_EQ(deposit(id, "returned").outcome, Outcome::Done);
    decide(staff, id, Action::Reopen);
    EXPECT_EQ(booking(id).deposit.state, "returned");
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    const BookingDeposit again = booking(id).deposit;
    EXPECT_EQ(again.state, "asked") << "by the rules";
    EXPECT_FALSE(again.received);
    EXPECT_EQ(again.method, "");
    ASSERT_EQ(deposit(id, "received").status, "confirmed");
    ASSERT_EQ(deposit(id, "returned").outcome, Outcome::Done);
    const DecisionAnswer by_hand = deposit(id, "asked");
    EXPECT_EQ(by_hand.outcome, Outcome::Done);
    EXPECT_EQ(by_hand.status, "accepted");
    EXPECT_EQ(booking(id).deposit.state, "asked");
}

TEST_F(BookingDeposits, OneThatWasEnteredOnTheWrongBookingIsOpenAgainUntilThatBegins) {
    const std::string id = confirmed();
    run("UPDATE booking_history SET at = at - interval '1 day', before = NULL");
    run("DELETE FROM outbox");
    const DecisionAnswer corrected = deposit(id, "asked");
    ASSERT_EQ(corrected.outcome, Outcome::Done);
    EXPECT_EQ(corrected.status, "accepted");
    EXPECT_EQ(status(id), "accepted");
    EXPECT_EQ(booking(id).deposit.state, "asked");
    EXPECT_EQ(booking(id).deposit.method, "");
    EXPECT_GT(*booking(id).deposit.due, in_hours(0)) << "and there is time to pay it";
    EXPECT_EQ(outbox_kinds(id), "client_accepted") << "the client is told what is to be paid";
    EXPECT_EQ(BookingStore(people).history(id).back().action, "deposit_asked");
    ASSERT_EQ(BookingDecisionStore(staff).undo(id, corrected.version).outcome, Outcome::Done);
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(booking(id).deposit.state, "received");
    run("UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'");
    EXPECT_EQ(deposit(id, "asked").outcome, Outcome::NotAllowed) << "it has begun";
    const std::string kept = confirmed(200);
    ASSERT_EQ(deposit(kept, "kept").outcome, Outcome::Done);
    EXPECT_EQ(deposit(kept, "asked").outcome, Outcome::NotAllowed);
}

TEST_F(BookingDeposits, TheWordsOfTheAcceptanceStandAfterACorrection) {
    const std::string id = ask(in_hours(100));
    BookingDecision yes;
    yes.message = "Ring at the blue door";
    ASSERT_EQ(decide(staff, id, yes).outcome, Outcome::Done);
    deposit(id, "received");
    deposit(id, "asked");
    run("UPDATE booking_history SET before = NULL");
    const models::Json page = models::Json::parse(
        service.value("SELECT booking_client_view('" + ada.text() + "', '" + client_token(id) + "')"));
    EXPECT_EQ(page.at("status"), "accepted");
    EXPECT_EQ(page.at("message"), "Ring at the blue door");
}

TEST_F(BookingDeposits, ABookingThatIsOpenedAgainOrMovedAfterItsDepositWasDueIsNotReleasedAtOnce) {
    const std::string reopened = ask(in_hours(100)), moved = ask(in_hours(200));
    for (const std::string &id : {reopened, moved}) {
        ASSERT_EQ(accept(id).outcome, Outcome::Done);
        decide(staff, id, Action::NoShow); // which sets its time into the past
        run("UPDATE bookings SET deposit_due_at = starts_at WHERE id = '" + id + "'");
    }
    run("UPDATE bookings SET starts_at = now() + interval '100 hours', ends_at = now() + interval '101 "
        "hours' "
        "WHERE id = '" +
        reopened + "'");
    ASSERT_EQ(decide(staff, reopened, Action::Reopen).status, "accepted");
    ASSERT_EQ(decide(staff, moved, Action::Reopen).status, "accepted");
    BookingDecision later;
    later.action = Action::Move;
    later.start = in_hours(300);
    ASSERT_EQ(decide(staff, moved, later).outcome, Outcome::Done);
    EXPECT_EQ(run_due(in_hours(1)), 0);
    for (const std::string &id : {reopened, moved}) {
        EXPECT_EQ(status(id), "accepted");
        EXPECT_GT(*booking(id).deposit.due, in_hours(40)) << "new time to pay it";
    }
    EXPECT_EQ(run_due(in_hours(60)), 2) << "and then it is over";
}

} // namespace

} // namespace studio::db
