// SPDX-License-Identifier: Apache-2.0
// What a blocked client, and one whose request was marked as spam, could notice: each time beside what
// anybody else is told.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using models::Json;

class BookingBlockedClients : public BookingFixture {
protected:
    BookingBlockedClients() {
        set_rules({{"weekly", Json::object()}, {"holdHours", 24}, {"bufferMinutes", 30}}, Json::object());
        Sql(database.staff_url())
            .done("SELECT block_client('" + ada.text() + "', 'email', 'rude@example.com', 'rude')");
    }
    BookingAnswer send(const std::string &email, std::chrono::minutes after, int hour) {
        NewBooking wanted = request(in_hours(hour) + after);
        wanted.client_email = email;
        return requests.add(wanted);
    }
    Json busy() {
        return Json::parse(service.value("SELECT public_calendar('" + ada.text() + "', 0, " +
                                         std::to_string(us(in_hours(1000))) + ") -> 'busy'"));
    }
};

TEST_F(BookingBlockedClients, AreToldTheSameOfATimeThatTheyAskedForBefore) {
    using std::chrono::minutes;
    int hour = 0;
    for (const std::string email : {"kind@example.com", "rude@example.com"}) {
        hour += 100;
        const BookingAnswer first = send(email, minutes(0), hour);
        EXPECT_EQ(first.outcome, BookingOutcome::Added) << email;
        EXPECT_EQ(send(email, minutes(0), hour).outcome, BookingOutcome::Taken) << email;
        EXPECT_EQ(send(email, minutes(80), hour).outcome, BookingOutcome::Taken)
            << email << " within the buffer";
        EXPECT_EQ(send(email, minutes(-80), hour).outcome, BookingOutcome::Taken)
            << email << " with its own buffer";
        const std::string token = client_token(first.booking_id);
        ASSERT_EQ(client_act(ada, token, "cancel", 1).at("outcome"), "done") << email;
        EXPECT_EQ(send(email, minutes(0), hour).outcome, BookingOutcome::Added)
            << email << " after withdrawing it";
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE blocked AND holds"), "0");
}

TEST_F(BookingBlockedClients, SeeTheirTimeTakenWithTheBufferLikeAnyOther) {
    ASSERT_EQ(send("rude@example.com", {}, 100).outcome, BookingOutcome::Added);
    EXPECT_EQ(busy(), Json::array({{us(in_hours(100)), us(in_hours(101) + std::chrono::minutes(30))}}));
    run("DELETE FROM bookings");
    ASSERT_EQ(send("kind@example.com", {}, 100).outcome, BookingOutcome::Added);
    EXPECT_EQ(busy(), Json::array({{us(in_hours(100)), us(in_hours(101) + std::chrono::minutes(30))}}));
}

TEST_F(BookingBlockedClients, APageThatWasOpenWhileTheRequestWasMarkedStillWithdrawsIt) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    decide(staff, id, Action::Spam);
    const Json withdrawn = client_act(ada, token, "cancel", 1);
    EXPECT_EQ(withdrawn.at("outcome"), "done");
    EXPECT_EQ(withdrawn.at("status"), "cancelled");
    EXPECT_EQ(client_act(ada, token, "cancel", 1).at("outcome"), "done") << "twice";
    const std::string asked = ask(in_hours(200));
    decide(staff, asked, Action::Ask);
    decide(staff, asked, Action::Spam);
    run("UPDATE booking_history SET before = NULL");
    EXPECT_EQ(client_act(ada, client_token(asked), "cancel", 1).at("outcome"), "changed")
        << "it had been asked a question since";
}

} // namespace

} // namespace studio::db
