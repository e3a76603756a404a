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

class BookingRefusals : public testing::Test {
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

TEST_F(BookingRefusals, SayToTheCompanionThatHerTimeIsBlockedAndToTheClientOnlyThatItCannotBeHad) {
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

TEST_F(BookingRefusals, DoNotMeetARequestThatIsStoredAlreadyAndIsSentAgain) {
    s_site->offer_times("13:00", "18:00");
    const auto again = [&](const models::Json &sent) {
        return s_site->post("/bookings", sent.dump(), json_type);
    };
    models::Json keyed = s_site->request("Robin Keyed", BookingSite::day(27) + "T14:00");
    keyed["idempotency_key"] = "3f0c0e3e-5a4b-4c6d-8e9f-00000000000a";
    ASSERT_EQ(again(keyed).status, 201);
    s_site->offer_times("15:00",
                        "18:00"); // the answer was lost, and meanwhile the time is not offered any more
    const std::string id = s_site->value("SELECT id FROM bookings WHERE client_name = 'Robin Keyed'");
    const RawReply known = again(keyed);
    EXPECT_EQ(known.status, 201) << known.body;
    EXPECT_EQ(models::Json::parse(known.body)["id"], id);
    keyed["idempotency_key"] = "3f0c0e3e-5a4b-4c6d-8e9f-00000000000b";
    EXPECT_EQ(again(keyed).status, 409) << "another one is refused";
    EXPECT_EQ(s_site->value("SELECT count(*) FROM bookings WHERE client_name = 'Robin Keyed'"), "1");
}

TEST_F(BookingRefusals, NameThePlaceWhereItIsNotOfferedAtThatTime) {
    s_site->offer_times("10:00", "18:00"); // at home: her client's place alone
    db::Session session(s_site->site().database().staff_url());
    db::AvailabilityStore(session).add_tour(s_site->ada(), {{"city", "Melbourne"},
                                                            {"timezone", "Australia/Melbourne"},
                                                            {"firstDay", BookingSite::day(30)},
                                                            {"lastDay", BookingSite::day(31)},
                                                            {"incall", true},
                                                            {"outcall", false}});
    const auto form = [] { return s_site->get("/book").body; };
    ASSERT_TRUE(eventually([&] { return form().find("name=\"place_kind\"") != std::string::npos; },
                           std::chrono::seconds(20)))
        << form();
    EXPECT_THAT(form(), testing::AllOf(HasSubstr("value=\"incall\""), HasSubstr("value=\"outcall\"")));
    const auto answer = [](const std::string &name, int days_ahead, const char *place) {
        models::Json request = s_site->request(name, BookingSite::day(days_ahead) + "T12:00");
        request["place_kind"] = place;
        if (*place == '\0') {
            request.erase("place_kind");
        }
        return s_site->post("/bookings", request.dump(), json_type);
    };
    for (const auto &[days_ahead, place] : {std::pair(30, "outcall"), std::pair(28, "incall")}) {
        const RawReply refused = answer("Robin Wrong", days_ahead, place);
        ASSERT_EQ(refused.status, 422) << place << refused.body;
        EXPECT_EQ(models::Json::parse(refused.body)["errors"][0]["field"], "place_kind");
    }
    EXPECT_EQ(answer("Robin There", 30, "incall").status, 201);
    const RawReply unsaid = answer("Robin Unsaid", 31, "");
    ASSERT_EQ(unsaid.status, 201) << unsaid.body;
    EXPECT_EQ(
        s_site->value("SELECT string_agg(place_kind, ' ') FROM bookings WHERE client_name IN ('Robin There', "
                      "'Robin Unsaid', 'Robin Wrong')"),
        "incall incall");
}

} // namespace
} // namespace studio::tests
