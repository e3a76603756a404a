// SPDX-License-Identifier: Apache-2.0
// Who hears of a request that expired because nobody answered it.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

class BookingExpiry : public BookingFixture {
protected:
    // Its day and the time to answer it were over an hour ago, and nobody has done anything.
    void let_pass(const std::string &id) {
        run("UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 "
            "hour', "
            "answer_by = now() - interval '1 hour' WHERE id = '" +
            id + "'");
        run("DELETE FROM outbox WHERE booking_id = '" + id + "'");
    }
    std::vector<std::string> claimed_kinds() {
        std::vector<std::string> kinds;
        for (const OutboxMessage &message : OutboxStore(renderer).claim(OutboxChannel::Mail, 20, 60)) {
            kinds.push_back(message.kind);
        }
        return kinds;
    }
};

TEST_F(BookingExpiry, ClientAndCompanionHearOfARequestThatNobodyAnswered) {
    const std::string pending = ask(in_hours(100)), waiting = ask(in_hours(200));
    decide(staff, waiting, Action::Ask);
    let_pass(pending);
    let_pass(waiting);
    EXPECT_EQ(run_due(in_hours(1)), 2);
    for (const std::string &id : {pending, waiting}) {
        EXPECT_EQ(outbox_kinds(id), "client_expired companion_expired");
    }
    EXPECT_EQ(run_due(in_hours(1)), 0);
    decide(staff, waiting, Action::Reopen);
    run("UPDATE booking_history SET before = NULL");
    EXPECT_THAT(claimed_kinds(), testing::UnorderedElementsAre("client_expired", "companion_expired"))
        << "of the one that was opened again nobody hears that it ended";
}

TEST_F(BookingExpiry, TheClientOfABookingThatWasEnteredByHandHearsNothingAndTheCompanionDoes) {
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.client_email = "caller@example.com";
    by_phone.source = "phone";
    by_phone.start = in_hours(30);
    by_phone.end = in_hours(31);
    const std::string id = BookingClientStore(staff).enter(by_phone);
    let_pass(id);
    EXPECT_EQ(run_due(in_hours(1)), 1);
    EXPECT_EQ(outbox_kinds(id), "companion_expired");
}

TEST_F(BookingExpiry, ToItsClientSpamIsARequestThatNobodyAnswered) {
    NewBooking rude = request(in_hours(100));
    Sql(database.staff_url())
        .done("SELECT block_client('" + ada.text() + "', 'email', '" + rude.client_email + "', 'rude')");
    const std::string blocked = requests.add(rude).booking_id, marked = ask(in_hours(200)),
                      withdrawn = ask(in_hours(300));
    NewBooking trapped_request = request(in_hours(400));
    trapped_request.spam = true;
    const std::string trapped = requests.add(trapped_request).booking_id;
    decide(staff, marked, Action::Spam);
    decide(staff, withdrawn, Action::Spam);
    run("UPDATE booking_history SET before = NULL");
    ASSERT_EQ(client_act(ada, client_token(withdrawn), "cancel", booking(withdrawn).version).at("outcome"),
              "done");
    for (const std::string &id : {blocked, marked, withdrawn, trapped}) {
        let_pass(id);
    }
    run_due(in_hours(1));
    run_due(in_hours(1));
    EXPECT_EQ(outbox_kinds(blocked), "client_expired") << "once, and the companion hears nothing";
    EXPECT_EQ(outbox_kinds(marked), "client_expired");
    EXPECT_EQ(outbox_kinds(withdrawn), "") << "its client took it back";
    EXPECT_EQ(outbox_kinds(trapped), "") << "nobody was told of it before";
    EXPECT_THAT(claimed_kinds(), testing::ElementsAre("client_expired", "client_expired"));
    EXPECT_EQ(status(blocked), "spam");
}

TEST_F(BookingExpiry, AnAddressGetsAtMostThreeOfTheseEmailsInADay) {
    std::vector<std::string> ids;
    for (int hour = 100; hour < 105; ++hour) {
        NewBooking wanted = request(in_hours(hour));
        wanted.client_email = "Victim@example.com";
        ids.push_back(requests.add(wanted).booking_id);
        let_pass(ids.back());
    }
    EXPECT_EQ(run_due(in_hours(1)), 5);
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'client_expired'"), "3");
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'companion_expired'"), "5");
}

} // namespace

} // namespace studio::db
