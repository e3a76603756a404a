// SPDX-License-Identifier: Apache-2.0
// Bad weather for bookings: the database killed between a decision and its mail, a companion taken offline,
// hours that change under an open form, clocks that change during a booking, links that are guessed, old or
// of another companion.
#include "db/stores/tenant_store.h"
#include "models/booking/wall_clock.h"
#include "models/values/zoned_time.h"
#include "tests/db/fixtures/sql.h"
#include "tests/renderer/fixtures/booking_site.h"
#include "tests/support/sample_site.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace studio::tests {
namespace {

using models::BookingAction;
using models::Json;
using test_support::TestServer;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class BookingWeather : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_site = new BookingSite;
        ASSERT_TRUE(s_site->wait_until_ready()) << s_site->service().output();
    }
    static void TearDownTestSuite() { delete s_site; }
    void TearDown() override { EXPECT_THAT(s_site->mail().faults(), testing::IsEmpty()); }

    static void kill_the_database() {
        TestServer::instance().kill();
        TestServer::instance().start();
        ASSERT_TRUE(eventually([] { return answers(); }, std::chrono::seconds(20)));
    }
    static bool answers() {
        try {
            return s_site->value("SELECT 1") == "1";
        } catch (const std::exception &) {
            return false;
        }
    }
    // A request whose confirmation has arrived.
    static std::string asked(const std::string &name, int days_ahead) {
        const std::string id = s_site->ask(name, BookingSite::day(days_ahead) + "T12:00");
        EXPECT_TRUE(mails(id, 1)) << s_site->service().output();
        return id;
    }
    static bool mails(const std::string &id, std::size_t number) {
        return eventually([&] { return s_site->mails_to_client(id).size() >= number; },
                          std::chrono::seconds(60));
    }
    static std::vector<std::string> subjects(const std::string &id) {
        std::vector<std::string> found;
        for (const auto &mail : s_site->mails_to_client(id)) {
            found.push_back(mail.field("subject"));
        }
        return found;
    }
    static std::string step(const std::string &id, const std::string &action) {
        return "action=" + action + "&version=" + s_site->version(id) + "&message=";
    }

    static inline BookingSite *s_site = nullptr;
};

// What follows it shows that nothing came twice in between.
TEST_F(BookingWeather, AMailGoesOnceThoughTheDatabaseDiesBetweenTheDecisionAndIt) {
    const std::string id = asked("Robin Killed", 5);
    ASSERT_EQ(s_site->decide(id, BookingAction::Accept, 3).outcome, db::DecisionOutcome::Done);
    kill_the_database();
    EXPECT_EQ(s_site->status(id), "accepted") << "the decision was committed";
    ASSERT_TRUE(mails(id, 2)) << s_site->service().output();
    EXPECT_THAT(s_site->mails_to_client(id)[1].calendar, HasSubstr("UID:" + id));
    ASSERT_EQ(s_site->decide(id, BookingAction::Cancel).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(id, 3));
    const auto all = subjects(id);
    EXPECT_EQ(all.size(), 3u);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 3u);
}

TEST_F(BookingWeather, ADecisionThatWasNotCommittedWhenTheDatabaseDiedNeverWas) {
    const std::string id = asked("Robin Uncommitted", 6);
    {
        db::Sql staff(s_site->site().database().staff_url());
        pqxx::work work(staff.connection());
        work.exec("SELECT booking_act('" + id + "', 1, 'accept', '{}', 0)");
        TestServer::instance().kill();
    }
    TestServer::instance().start();
    ASSERT_TRUE(eventually([] { return answers(); }, std::chrono::seconds(20)));
    EXPECT_EQ(s_site->status(id), "pending");
    EXPECT_EQ(s_site->value("SELECT count(*) FROM booking_history WHERE booking_id = '" + id + "'"), "0");
    ASSERT_EQ(s_site->decide(id, BookingAction::Decline).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(id, 2));
    EXPECT_EQ(s_site->mails_to_client(id)[1].calendar, "") << "the acceptance was never sent";
}

TEST_F(BookingWeather, ADecisionIsTakenBackAfterTheDatabaseDied) {
    const std::string id = asked("Robin Undone", 7);
    const auto done = s_site->decide(id, BookingAction::Decline, 20);
    ASSERT_EQ(done.outcome, db::DecisionOutcome::Done);
    kill_the_database();
    db::Session staff(s_site->site().database().staff_url());
    EXPECT_EQ(db::BookingDecisionStore(staff).undo(id, done.version).outcome, db::DecisionOutcome::Done);
    EXPECT_EQ(s_site->status(id), "pending");
    ASSERT_EQ(s_site->decide(id, BookingAction::Accept).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(id, 2));
    EXPECT_THAT(s_site->mails_to_client(id)[1].calendar, HasSubstr("METHOD:REQUEST"));
}

// A client's answer that was sent while the database was away is asked for again, and is one answer.
TEST_F(BookingWeather, AClientsAnswerWaitsForTheDatabaseAndCountsOnce) {
    const std::string id = asked("Robin Patient", 8), page = s_site->client_page(id);
    db::BookingDecision proposal;
    proposal.action = BookingAction::Propose;
    proposal.start = base::now() + std::chrono::hours(9 * 24);
    ASSERT_EQ(s_site->decide(id, proposal).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(id, 2));
    const std::string agree = step(id, "agree");
    TestServer::instance().stop();
    const RawReply refused = s_site->post_once(page, agree);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.field("retry-after"), "10");
    TestServer::instance().start();
    EXPECT_EQ(s_site->post(page, agree).status, 303);
    EXPECT_EQ(s_site->post(page, agree).status, 303) << "sent once more";
    EXPECT_EQ(s_site->status(id), "accepted");
    EXPECT_EQ(s_site->value("SELECT count(*) FROM booking_history WHERE action = 'agree' AND booking_id = '" +
                            id + "'"),
              "1");
}

TEST_F(BookingWeather, HoursThatChangeUnderAnOpenFormRefuseTheTimeAndKeepWhatWasTyped) {
    s_site->offer_times("10:00", "18:00");
    const std::string day = BookingSite::day(11);
    ASSERT_THAT(s_site->get("/book?service=&day=" + day).body, HasSubstr("value=\"" + day + "T11:00"));
    s_site->offer_times("14:00", "18:00");
    const Json typed = s_site->request("Robin Late", day + "T11:00");
    const RawReply scripted = s_site->post("/bookings", typed.dump(), json_type);
    ASSERT_EQ(scripted.status, 409) << scripted.body;
    const Json offered = Json::parse(scripted.body)["times"];
    ASSERT_FALSE(offered.empty());
    for (const Json &time : offered) {
        EXPECT_GE(time["start"].get<std::string>().substr(11, 5), "14:00") << "by the new hours";
    }
    const RawReply plain = s_site->post("/bookings", BookingSite::as_form(typed));
    EXPECT_EQ(plain.status, 409);
    EXPECT_THAT(plain.body, AllOf(HasSubstr("value=\"Robin Late\""), HasSubstr("Dinner by the harbour."),
                                  HasSubstr("<option value=\"" + day + "T14:00")));
    EXPECT_EQ(s_site->value("SELECT count(*) FROM bookings WHERE client_name = 'Robin Late'"), "0");
    EXPECT_EQ(s_site->ask("Robin Late", offered[0]["start"]).size(), 36u) << "one of the others can be taken";

    // A tour, a block and no hours at all are changes as well.
    const std::string blocked = BookingSite::day(12) + "T15:00";
    const Json open_form = s_site->request("Robin Blocked", blocked);
    s_site->run(fmt::format(
        "INSERT INTO time_blocks (tenant_id, starts_at, ends_at) SELECT '{}', at, at + interval '1 h' "
        "FROM (SELECT timestamp '{}' AT TIME ZONE 'Australia/Sydney' AS at) t",
        s_site->ada().text(), blocked));
    EXPECT_EQ(s_site->post("/bookings", open_form.dump(), json_type).status, 409);
    s_site->run("UPDATE booking_settings SET availability = NULL, version = version + 1");
    EXPECT_TRUE(eventually(
        [&] {
            return s_site->times(13, 14).empty() &&
                   s_site->get("/book").body.find("datetime-local") != std::string::npos;
        },
        std::chrono::seconds(20)));
    EXPECT_EQ(s_site->ask("Robin Any", BookingSite::day(13) + "T03:17").size(), 36u)
        << "without hours any time";
}

TEST_F(BookingWeather, LinksThatAreGuessedOldOrOfAnotherCompanionOpenNothing) {
    db::Session operators(s_site->site().database().operator_url());
    test_support::go_live(operators, s_site->bea());
    ASSERT_TRUE(eventually([] { return s_site->get("/", s_site->bea_host()).status == 200; },
                           std::chrono::seconds(20)));
    const std::string id = asked("Robin Linked", 15);
    const std::string page = s_site->client_page(id), decide = s_site->decision_page(id);
    const std::string client_token = page.substr(page.rfind('/') + 1),
                      companion_token = decide.substr(decide.rfind('/') + 1);
    std::vector<std::pair<std::string, std::string>> links{
        {page, s_site->bea_host()},
        {decide, s_site->bea_host()},
        {page + "/calendar.ics", s_site->bea_host()},
        {"/decide/" + client_token, "ada.localhost"},
        {"/request/" + companion_token, "ada.localhost"},
        {"/request/" + companion_token.substr(0, 32) + companion_token.substr(48), "ada.localhost"},
        {"/request/" + std::string(64, '0'), "ada.localhost"},
        {"/decide/" + std::string(80, 'f'), "ada.localhost"}};
    std::mt19937 random(7);
    for (int guess = 0; guess < 100; ++guess) { // the booking's number is known, the rest is not
        std::string token = client_token.substr(0, 32), long_token = companion_token.substr(0, 48);
        for (int digit = 0; digit < 32; ++digit) {
            token += "0123456789abcdef"[random() % 16];
            long_token += "0123456789abcdef"[random() % 16];
        }
        links.emplace_back("/request/" + token, "ada.localhost");
        links.emplace_back("/decide/" + long_token, "ada.localhost");
    }
    for (const auto &[path, host] : links) {
        EXPECT_EQ(s_site->get(path, host).status, 404) << host << path;
        EXPECT_EQ(s_site->post(path, "action=accept&version=1", form_type, host).status, 404) << host << path;
        EXPECT_EQ(s_site->post(path, "action=cancel&version=1", form_type, host).status, 404) << host << path;
    }
    EXPECT_EQ(s_site->status(id), "pending");
    EXPECT_EQ(s_site->get(page).status, 200);
    EXPECT_EQ(s_site->get(decide).status, 200);

    db::BookingDecision question;
    question.action = BookingAction::Ask;
    question.message = "Which hotel?";
    ASSERT_EQ(s_site->decide(id, question).outcome, db::DecisionOutcome::Done);
    EXPECT_EQ(s_site->get(decide).status, 404) << "it was for the state before";
    EXPECT_EQ(s_site->post(decide, "action=accept").status, 404);
    EXPECT_EQ(s_site->status(id), "waiting");
}

// The clocks of Sydney are changed twice in the year that comes; each time a booking goes over it.
TEST_F(BookingWeather, ABookingOverAChangeOfTheClocksHasItsLengthEverywhere) {
    const models::WallClock clock("Australia/Sydney");
    auto changes = clock.changes(base::now() + std::chrono::days(2), base::now() + std::chrono::days(380));
    ASSERT_GE(changes.size(), 2u);
    changes.resize(2);
    for (const auto &change : changes) {
        const base::Time start = change.at - std::chrono::hours(4), end = start + std::chrono::hours(6);
        const std::string words = models::format_local_time(start, "Australia/Sydney") + " to " +
                                  models::format_local_time(end, "Australia/Sydney");
        const std::string id = s_site->ask("Robin " + change.abbreviation,
                                           models::form_value(models::local_time(start, "Australia/Sydney")));
        db::BookingDecision acceptance;
        acceptance.action = BookingAction::Accept;
        acceptance.start = start;
        acceptance.end = end;
        ASSERT_EQ(s_site->decide(id, acceptance).outcome, db::DecisionOutcome::Done);
        EXPECT_EQ(s_site->value("SELECT ends_at - starts_at FROM bookings WHERE id = '" + id + "'"),
                  "06:00:00");
        const auto told = [&] {
            const auto received = s_site->mails_to_client(id);
            return std::any_of(received.begin(), received.end(), [&](const auto &mail) {
                return mail.plain.find(words.substr(0, words.find(" to "))) != std::string::npos;
            });
        };
        ASSERT_TRUE(eventually(told, std::chrono::seconds(60)));
        EXPECT_THAT(s_site->get(s_site->client_page(id)).body, HasSubstr(words));

        const std::string after =
            s_site->ask("After " + change.abbreviation, BookingSite::day(30) + "T12:00");
        acceptance.start = end - std::chrono::hours(1);
        acceptance.end = end + std::chrono::hours(1);
        const auto refused = s_site->decide(after, acceptance);
        EXPECT_EQ(refused.outcome, db::DecisionOutcome::Overlap);
        EXPECT_EQ(refused.other_booking, id);
        acceptance.start = end;
        EXPECT_EQ(s_site->decide(after, acceptance).outcome, db::DecisionOutcome::Done);
    }
    const auto &forward = changes[changes[0].daylight ? 0 : 1];
    auto skipped = models::local_time(forward.at, "Australia/Sydney"); // 03:00, as the clocks show it then
    skipped.hour -= 1;
    skipped.minute = 30;
    const RawReply reply = s_site->post(
        "/bookings", s_site->request("Robin Skipped", models::form_value(skipped)).dump(), json_type);
    EXPECT_EQ(reply.status, 422) << reply.body;
    EXPECT_EQ(Json::parse(reply.body)["errors"][0]["field"], "preferred_date");
}

TEST_F(BookingWeather, WhoIsTakenOfflineKeepsHerRequestsAndTheirClientsAreTold) {
    const std::string pending = asked("Robin Offline", 20), agreed = asked("Kim Offline", 21);
    ASSERT_EQ(s_site->decide(agreed, BookingAction::Accept).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(agreed, 2));
    db::Session operators(s_site->site().database().operator_url());
    db::TenantStore(operators).set_status(s_site->ada(), models::TenantStatus::Inactive);
    ASSERT_TRUE(eventually([] { return s_site->get("/").status == 404; }, std::chrono::seconds(20)));
    const Json late = s_site->request("Robin New", BookingSite::day(22) + "T12:00");
    EXPECT_GE(s_site->post("/bookings", late.dump(), json_type).status, 404);
    EXPECT_EQ(s_site->value("SELECT count(*) FROM bookings WHERE client_name = 'Robin New'"), "0");
    EXPECT_EQ(s_site->status(pending), "pending");
    ASSERT_EQ(s_site->decide(pending, BookingAction::Decline).outcome, db::DecisionOutcome::Done);
    ASSERT_EQ(s_site->decide(agreed, BookingAction::Cancel).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(mails(pending, 2) && mails(agreed, 3)) << s_site->service().output();
    EXPECT_THAT(s_site->mails_to_client(agreed)[2].calendar, HasSubstr("METHOD:CANCEL"));
    db::TenantStore(operators).set_status(s_site->ada(), models::TenantStatus::Active);
    ASSERT_TRUE(eventually([] { return s_site->get("/").status == 200; }, std::chrono::seconds(20)));
    EXPECT_THAT(s_site->get(s_site->client_page(agreed)).body, HasSubstr("Nothing is kept for you"));
    EXPECT_EQ(s_site->ask("Robin Again", BookingSite::day(22) + "T12:00").size(), 36u);
}

} // namespace
} // namespace studio::tests
