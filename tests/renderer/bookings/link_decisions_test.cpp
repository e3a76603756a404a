// SPDX-License-Identifier: Apache-2.0
// What the pages behind the links of emails say where a step is refused: the real program with a real
// database.
#include "db/bookings/availability_store.h"
#include "models/values/zoned_time.h"
#include "tests/renderer/fixtures/booking_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::tests {
namespace {

using models::BookingAction;
using testing::HasSubstr;

class LinkDecisions : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_site = new BookingSite;
        ASSERT_TRUE(s_site->wait_until_ready()) << s_site->service().output();
    }
    static void TearDownTestSuite() { delete s_site; }

    static models::Time noon(int days_ahead) {
        return models::resolve_local_time(
                   *models::parse_local_date_time(BookingSite::day(days_ahead) + "T12:00"),
                   "Australia/Sydney")
            .at;
    }
    static void block(int days_ahead) {
        db::Session session(s_site->site().database().staff_url());
        db::AvailabilityStore(session).add_block(s_site->ada(), noon(days_ahead),
                                                 noon(days_ahead) + std::chrono::hours(2), "dentist");
    }
    static std::string step(const std::string &id, const std::string &action) {
        return "action=" + action + "&version=" + s_site->version(id) + "&message=Gladly";
    }

    static inline BookingSite *s_site = nullptr;
};

TEST_F(LinkDecisions, SayToTheCompanionThatHerTimeIsBlockedAndToTheClientOnlyThatItCannotBeHad) {
    const std::string id = s_site->ask("Robin Blocked", BookingSite::day(20) + "T12:00");
    block(20);
    const std::string page = s_site->decision_page(id);
    const RawReply accepted = s_site->post(page, "action=accept&message=Gladly");
    EXPECT_EQ(accepted.status, 409);
    EXPECT_THAT(accepted.body, HasSubstr("This time is blocked in your calendar"));
    EXPECT_THAT(accepted.body, HasSubstr("Gladly")) << "nothing typed is lost";
    EXPECT_EQ(s_site->status(id), "pending");

    db::BookingDecision proposal;
    proposal.action = BookingAction::Propose;
    proposal.start = noon(21);
    ASSERT_EQ(s_site->decide(id, proposal).outcome, db::DecisionOutcome::Done);
    block(21);
    const RawReply agreed = s_site->post(s_site->client_page(id), step(id, "agree"));
    EXPECT_EQ(agreed.status, 409);
    EXPECT_THAT(agreed.body, HasSubstr("That time cannot be had any more"));
    EXPECT_THAT(agreed.body, testing::Not(HasSubstr("blocked")));
    EXPECT_EQ(s_site->status(id), "proposed");
}

} // namespace
} // namespace studio::tests
