// SPDX-License-Identifier: Apache-2.0
// Decisions about time that is blocked, by a person or by an imported calendar.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using models::Json;

class BookingBlockedTime : public BookingFixture {
protected:
    void block(int from_hour, int to_hour) {
        AvailabilityStore(companion).add_block(ada, in_hours(from_hour), in_hours(to_hour), "dentist");
    }
    BookingDecision to(Action action, int start_hour, bool over_block = false) {
        BookingDecision decision;
        decision.action = action;
        decision.start = in_hours(start_hour);
        decision.end = in_hours(start_hour + 1);
        decision.over_block = over_block;
        return decision;
    }
    std::string companion_act(const std::string &id, const std::string &action, const Json &details) {
        const std::string token =
            owner.value("SELECT studio_companion_token(id, booking_standing(id), extract(epoch FROM "
                        "now() + interval '1 hour')::bigint) "
                        "FROM bookings WHERE id = '" +
                        id + "'");
        return service.value("SELECT booking_companion_act('" + ada.text() + "', '" + token + "', '" +
                             action + "', '" + details.dump() + "') ->> 'outcome'");
    }
};

TEST_F(BookingBlockedTime, IsBookedOnlyByWhoeverSaysSo) {
    block(100, 103);
    for (const Action action : {Action::Accept, Action::Propose}) {
        const std::string id = ask(in_hours(50));
        const DecisionAnswer refused = decide(staff, id, to(action, 102));
        EXPECT_EQ(refused.outcome, Outcome::Blocked);
        EXPECT_EQ(refused.status, "pending");
        EXPECT_EQ(refused.block_start, in_hours(100));
        EXPECT_EQ(refused.block_end, in_hours(103));
        EXPECT_EQ(booking(id).start, in_hours(50)) << "nothing was changed";
        EXPECT_EQ(decide(staff, id, to(action, 103)).outcome, Outcome::Done) << "as the block ends";
        decide(staff, id, Action::Cancel);
    }
    const std::string id = ask(in_hours(102));
    EXPECT_EQ(accept(id).outcome, Outcome::Blocked) << "its own time counts as well";
    ASSERT_EQ(decide(staff, id, to(Action::Accept, 102, true)).outcome, Outcome::Done);
    EXPECT_EQ(decide(staff, id, to(Action::Move, 101)).outcome, Outcome::Blocked);
    EXPECT_EQ(decide(staff, id, to(Action::Move, 101, true)).outcome, Outcome::Done);
    EXPECT_EQ(owner.value("SELECT count(*) FROM booking_history WHERE booking_id = '" + id +
                          "' AND details ->> 'over_block' = 'true'"),
              "2")
        << "the history says that it was on purpose";
}

TEST_F(BookingBlockedTime, OfAnImportedCalendarCountsLikeOneThatAPersonEntered) {
    run("WITH calendar AS (INSERT INTO calendar_imports (tenant_id, name) VALUES ('" + ada.text() +
        "', 'Work') RETURNING id) INSERT INTO time_blocks (tenant_id, starts_at, ends_at, import_id) SELECT "
        "'" +
        ada.text() + "', now() + interval '100 hours', now() + interval '110 hours', id FROM calendar");
    EXPECT_EQ(accept(ask(in_hours(105))).outcome, Outcome::Blocked);
    NewBooking of_bea = request(in_hours(105));
    of_bea.tenant_id = bea;
    EXPECT_EQ(accept(requests.add(of_bea).booking_id).outcome, Outcome::Done) << "another companion's time";
}

TEST_F(BookingBlockedTime, IsBookedByNoLinkOfAnEmail) {
    const std::string mine = ask(in_hours(101)), proposed = ask(in_hours(50)), token = client_token(proposed);
    ASSERT_EQ(decide(staff, proposed, to(Action::Propose, 102)).outcome, Outcome::Done);
    block(100, 103);
    EXPECT_EQ(companion_act(mine, "accept", Json::object()), "blocked");
    EXPECT_EQ(companion_act(mine, "propose", {{"start_us", us(in_hours(102))}, {"over_block", true}}),
              "blocked");
    const Json answer = client_act(ada, token, "agree", 2);
    EXPECT_EQ(answer.at("outcome"), "blocked");
    EXPECT_FALSE(answer.contains("block_start")) << "when she is elsewhere is not the client's";
    EXPECT_EQ(status(proposed), "proposed");
    ASSERT_EQ(decide(staff, proposed, to(Action::Propose, 101, true)).outcome, Outcome::Done);
    EXPECT_EQ(client_act(ada, token, "agree", 3).at("outcome"), "done")
        << "this time was proposed although it is blocked";
}

TEST_F(BookingBlockedTime, TakesABookingThatIsEnteredByHandOnPurposeAloneAlsoWithoutHours) {
    block(100, 103);
    const std::string agreed = ask(in_hours(200));
    ASSERT_EQ(accept(agreed).outcome, Outcome::Done);
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.client_phone = "0400 111 222";
    by_phone.source = "phone";
    by_phone.start = in_hours(101);
    by_phone.end = in_hours(102);
    BookingClientStore clients(staff);
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(by_phone),
                    testing::HasSubstr("start: this time is blocked"));
    by_phone.over_block = true;
    const std::string on_purpose = clients.enter(by_phone);
    EXPECT_EQ(owner.value("SELECT details ->> 'over_block' FROM booking_history WHERE action = 'enter' AND "
                          "booking_id = '" +
                          on_purpose + "'"),
              "true");
    by_phone.start = in_hours(200);
    by_phone.end = in_hours(201);
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(by_phone),
                    testing::HasSubstr("start: another booking has this time: " + agreed));
    EXPECT_EQ(requests.add(request(in_hours(101))).outcome, BookingOutcome::Added)
        << "on a site without hours any time can be asked for";
}

} // namespace

} // namespace studio::db
