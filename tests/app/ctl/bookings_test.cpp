// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::string entered(const std::string &tenant, const std::string &start, const std::string &name = "Mara") {
    return answer({"booking", "add", tenant, "--name", name, "--email", "mara@example.com", "--start", start,
                   "--source", "message", "--service", "Dinner"})["id"];
}

std::vector<std::string> actions_of(const std::string &booking) {
    std::vector<std::string> actions;
    const Json shown = answer({"booking", "show", booking});
    for (const Json &change : shown["history"]) {
        actions.push_back(change["action"]);
    }
    return actions;
}

std::string calendar_text(const std::string &zone) {
    const auto year = static_cast<int>(
        std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()))
            .year());
    const std::string day = std::to_string(year + 1) + "0301T";
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=" + zone + ":" + day +
           "100000\r\nDTEND;TZID=" + zone + ":" + day +
           "120000\r\nSUMMARY:Secret lunch\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

} // namespace

TEST(Bookings, AreEnteredListedAndShownWithTheirHistory) {
    make_tenant("entering");
    const std::string id = entered("entering", "2027-03-01T17:00:00+11:00");
    const Json listed = answer({"booking", "list", "--tenant", "entering", "--status", "pending"});
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0]["id"], id);
    EXPECT_EQ(listed[0]["tenant"], "entering");
    EXPECT_EQ(listed[0]["start"], "2027-03-01T06:00:00Z");
    EXPECT_EQ(listed[0]["end"], "2027-03-01T07:00:00Z");
    EXPECT_EQ(listed[0]["service"], "Dinner");
    EXPECT_EQ(listed[0]["client_name"], "Mara");
    EXPECT_TRUE(listed[0]["created_at"].is_string());
    EXPECT_EQ(listed[0]["source"], "message");
    EXPECT_THAT(actions_of(id), ElementsAre("enter"));
    EXPECT_EQ(answer({"booking", "list", "--tenant", "entering", "--from", "2027-03-02"}).size(), 0U);
    EXPECT_EQ(
        answer({"booking", "list", "--tenant", "entering", "--from", "2027-03-01", "--to", "2027-03-01"})
            .size(),
        1U);
    EXPECT_EQ(answer({"booking", "list", "--tenant", "entering", "--words", "mara@"}).size(), 1U);
    EXPECT_EQ(answer({"booking", "list", "--tenant", "entering", "--words", "%"}).size(), 0U);
}

TEST(Bookings, GoFromARequestToTheirEnd) {
    make_tenant("deciding");
    const std::string id = entered("deciding", "2027-03-02T18:00:00Z");
    EXPECT_EQ(answer({"booking", "ask", id, "Which hotel?"})["status"], "waiting");
    EXPECT_EQ(answer({"booking", "propose", id, "--start", "2027-03-03T18:00:00Z"})["status"], "proposed");
    const Json accepted =
        answer({"booking", "accept", id, "--place", "Harbour Hotel", "--place-kind", "outcall"});
    EXPECT_EQ(accepted["status"], "accepted");
    EXPECT_EQ(accepted["start"], "2027-03-03T18:00:00Z");
    EXPECT_EQ(accepted["place"], "Harbour Hotel");
    const Json moved = answer({"booking", "accept", id, "--start", "2027-03-03T20:00:00Z"});
    EXPECT_EQ(moved["start"], "2027-03-03T20:00:00Z");
    EXPECT_EQ(moved["place"], "Harbour Hotel") << "a place that is not named stays";
    EXPECT_EQ(answer({"booking", "deposit", id, "asked", "--amount", "200"})["deposit"]["amount"], 200.0);
    EXPECT_EQ(answer({"booking", "deposit", id, "received", "--method", "bank transfer"})["status"],
              "confirmed");
    EXPECT_EQ(ctl({"booking", "complete", id}).exit_code, 1) << "it has not begun";
    studio::db::Sql(answer({"workspace", "status"})["logins"]["owner"].get<std::string>())
        .done("UPDATE bookings SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 "
              "hour' WHERE id = '" +
              id + "'");
    EXPECT_EQ(answer({"booking", "complete", id})["status"], "completed");
    EXPECT_EQ(answer({"booking", "deposit", id, "returned"})["deposit"]["state"], "returned");
    answer({"booking", "note", id, "A pleasure"});
    const Json shown = answer({"booking", "show", id});
    EXPECT_EQ(shown["notes"].back()["text"], "A pleasure");
    EXPECT_THAT(actions_of(id), ElementsAre("enter", "ask", "propose", "accept", "move", "deposit_asked",
                                            "confirm", "complete", "deposit_returned"));
}

TEST(Bookings, LastAsLongAsTheirServiceAndDoNotOverlap) {
    make_tenant("lasting");
    answer({"tenant", "set", "lasting", "content.services[0].name", "Dinner"});
    answer({"tenant", "set", "lasting", "content.services[0].duration", "3 hours", "--publish"});
    const Json added = answer({"booking", "add", "lasting", "--name", "Mara", "--phone", "+61 412 345 678",
                               "--start", "2027-03-07T18:00:00Z", "--service", "Dinner"});
    EXPECT_EQ(added["end"], "2027-03-07T21:00:00Z");
    const Json undated = answer({"booking", "add", "lasting", "--name", "Robin", "--phone", "+61 412 345 679",
                                 "--service", "Dinner"});
    EXPECT_TRUE(undated["end"].is_null());
    answer({"booking", "accept", added["id"]});
    const Answer refused = ctl({"booking", "accept", undated["id"], "--start", "2027-03-07T20:00:00Z"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr(added["id"].get<std::string>()));
    const Json accepted = answer({"booking", "accept", undated["id"], "--start", "2027-03-07T21:00:00Z"});
    EXPECT_EQ(accepted["end"], "2027-03-08T00:00:00Z");
    EXPECT_EQ(answer({"booking", "move", undated["id"], "--start", "2027-03-09T20:00:00Z"})["end"],
              "2027-03-09T23:00:00Z");
}

TEST(Bookings, WhatIsNotAllowedSaysWhyAndChangesNothing) {
    make_tenant("refusing");
    const std::string id = entered("refusing", "2027-03-04T18:00:00Z");
    EXPECT_EQ(answer({"booking", "decline", id, "--reason", "not_available"})["reason"], "not_available");
    const Answer refused = ctl({"booking", "complete", id});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("A booking that is declined does not take \"complete\""));
    EXPECT_THAT(actions_of(id), ElementsAre("enter", "decline"));
    EXPECT_EQ(answer({"booking", "reopen", id})["status"], "pending");
    EXPECT_EQ(ctl({"booking", "accept", "7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b"}).exit_code, 1);
    EXPECT_EQ(ctl({"booking", "decline", id}).exit_code, 2);
    const Answer no_time = ctl({"booking", "accept", id, "--start", "tomorrow"});
    EXPECT_EQ(no_time.exit_code, 2);
    EXPECT_THAT(no_time.err, HasSubstr("--start"));
}

TEST(Bookings, AnOverlapNamesTheBookingInTheWay) {
    make_tenant("overlapping");
    const std::string first = entered("overlapping", "2027-03-05T18:00:00Z", "First");
    const std::string second = entered("overlapping", "2027-03-05T18:30:00Z", "Second");
    answer({"booking", "accept", first});
    const Answer refused = ctl({"booking", "accept", second});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr(first));
    EXPECT_EQ(answer({"booking", "show", second})["status"], "pending");
    EXPECT_EQ(answer({"booking", "accept", second, "--start", "2027-03-05T19:00:00Z"})["status"], "accepted");
}

TEST(Bookings, ADepositThatWasEnteredByMistakeIsAskedForAgain) {
    make_tenant("mistaken");
    const std::string id = entered("mistaken", "2027-03-10T18:00:00Z");
    answer({"booking", "accept", id});
    answer({"booking", "deposit", id, "asked", "--amount", "200"});
    EXPECT_EQ(answer({"booking", "deposit", id, "received"})["status"], "confirmed");
    const Json corrected = answer({"booking", "deposit", id, "asked"});
    EXPECT_EQ(corrected["status"], "accepted");
    EXPECT_EQ(corrected["deposit"]["state"], "asked");
    EXPECT_EQ(corrected["deposit"]["amount"], 200.0);
    EXPECT_TRUE(corrected["deposit"]["received"].is_null());
}

TEST(Bookings, WithoutATimeZoneAreReadInThatOfThePlatform) {
    make_tenant("zoneless");
    const std::string id = entered("zoneless", "2027-03-08T21:00:00Z");
    studio::db::Sql(answer({"workspace", "status"})["logins"]["owner"].get<std::string>())
        .done("UPDATE bookings SET time_zone = NULL WHERE id = '" + id + "'");
    EXPECT_EQ(answer({"booking", "accept", id, "--start", "2027-03-09T18:00"})["start"],
              "2027-03-09T07:00:00Z")
        << "in Sydney";
}

TEST(Bookings, BlockedTimeIsBookedOnlyWhereThatIsSaid) {
    make_tenant("overblocking");
    answer({"availability", "block", "overblocking", "2027-03-05T17:00:00Z", "2027-03-05T20:00:00Z"});
    const std::string id = entered("overblocking", "2027-03-05T21:00:00Z");
    for (const char *verb : {"accept", "propose"}) {
        const Answer refused = ctl({"booking", verb, id, "--start", "2027-03-05T18:00:00Z"});
        EXPECT_EQ(refused.exit_code, 1);
        EXPECT_THAT(refused.err, HasSubstr("--over-block")) << verb;
    }
    EXPECT_EQ(answer({"booking", "show", id})["status"], "pending");
    EXPECT_EQ(answer({"booking", "accept", id, "--start", "2027-03-05T18:00:00Z", "--over-block"})["status"],
              "accepted");
    EXPECT_EQ(ctl({"booking", "move", id, "--start", "2027-03-05T19:00:00Z"}).exit_code, 1);
    EXPECT_EQ(answer({"booking", "move", id, "--start", "2027-03-05T19:00:00Z", "--over-block"})["start"],
              "2027-03-05T19:00:00Z");
    std::vector<std::string> by_phone{"booking",      "add",     "overblocking",
                                      "--name",       "Caller",  "--phone",
                                      "0400 111 222", "--start", "2027-03-05T17:00:00Z"};
    EXPECT_THAT(ctl(by_phone).err, HasSubstr("this time is blocked"));
    by_phone.emplace_back("--over-block");
    EXPECT_EQ(answer(by_phone)["status"], "pending");
}

TEST(Bookings, ADecisionCanBeTakenBackUntilItsMessagesGo) {
    make_tenant("undoing");
    const std::string id = entered("undoing", "2027-03-06T18:00:00Z");
    answer({"booking", "accept", id});
    EXPECT_EQ(answer({"booking", "undo", id})["status"], "pending");
    const Answer again = ctl({"booking", "undo", id});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("nothing of yours to take back"));
}

TEST(Availability, IsSetCheckedAndCleared) {
    make_tenant("hours");
    EXPECT_TRUE(answer({"availability", "show", "hours"})["availability"].is_null());
    const Json settings = {
        {"availability",
         {{"weekly", {{"monday", {{{"from", "10:00"}, {"to", "18:00"}}}}}}, {"bufferMinutes", 30}}},
        {"rules", {{"answerHours", 12}, {"deposit", {{"kind", "share"}, {"percent", 30}}}}}};
    EXPECT_EQ(answer({"availability", "set", "hours", "-"}, settings.dump())["version"], 1);
    EXPECT_EQ(answer({"availability", "show", "hours"})["availability"]["bufferMinutes"], 30);
    Json wrong = settings;
    wrong["availability"]["weekly"]["monday"][0]["to"] = "25:00";
    wrong["rules"]["deposit"]["percent"] = 0;
    const Answer refused = ctl({"availability", "set", "hours", "-"}, wrong.dump());
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("/availability/weekly/monday/0/to"));
    EXPECT_THAT(refused.err, HasSubstr("/rules/deposit/percent"));
    answer({"availability", "set", "hours", "--clear"});
    EXPECT_TRUE(answer({"availability", "show", "hours"})["availability"].is_null());
    EXPECT_EQ(answer({"availability", "show", "hours"})["rules"]["answerHours"], 12);
}

TEST(Availability, TimeIsBlockedAndFreed) {
    make_tenant("blocking");
    const std::string id = answer({"availability", "block", "blocking", "2027-03-01T12:00:00Z",
                                   "2027-03-01T15:00:00Z", "--note", "dentist"})["id"];
    const Json blocked = answer({"availability", "show", "blocking"})["blocked"];
    ASSERT_EQ(blocked.size(), 1U);
    EXPECT_EQ(blocked[0]["note"], "dentist");
    EXPECT_EQ(ctl({"availability", "block", "blocking", "2027-03-01T15:00", "2027-03-01T12:00"}).exit_code,
              2);
    answer({"availability", "unblock", "blocking", id});
    EXPECT_EQ(answer({"availability", "show", "blocking"})["blocked"].size(), 0U);
    EXPECT_EQ(ctl({"availability", "unblock", "blocking", id}).exit_code, 1);
}

TEST(Tours, AreAddedListedAndRemovedAndDoNotOverlap) {
    make_tenant("touring");
    const std::string id =
        answer({"tour", "add", "touring", "--city", "Melbourne", "--zone", "Australia/Melbourne", "--first",
                "2027-03-10", "--last", "2027-03-14"})["id"];
    EXPECT_EQ(answer({"tour", "list", "touring"})[0]["city"], "Melbourne");
    const Answer twice = ctl({"tour", "add", "touring", "--city", "Perth", "--zone", "Australia/Perth",
                              "--first", "2027-03-14", "--last", "2027-03-16"});
    EXPECT_EQ(twice.exit_code, 1);
    EXPECT_THAT(twice.err, HasSubstr("another tour"));
    const Answer nowhere = ctl({"tour", "add", "touring", "--city", "Perth", "--zone", "Nowhere/Else",
                                "--first", "2027-05-14", "--last", "2027-05-16"});
    EXPECT_EQ(nowhere.exit_code, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("/timezone"));
    answer({"tour", "remove", "touring", id});
    EXPECT_EQ(answer({"tour", "list", "touring"}).size(), 0U);
}

TEST(Tours, AreOnTheClockOfTheirCityUnlessAnotherZoneIsNamed) {
    make_tenant("clocked");
    EXPECT_EQ(answer({"tour", "add", "clocked", "--city", "paris", "--first", "2027-03-10", "--last",
                      "2027-03-14"})["timezone"],
              "Europe/Paris");
    EXPECT_EQ(answer({"tour", "add", "clocked", "--city", "Wagga Wagga", "--first", "2027-04-10", "--last",
                      "2027-04-14"})["timezone"],
              answer({"availability", "show", "clocked"})["zone"]);
    const Answer said = ctl({"tour", "add", "clocked", "--city", "Perth", "--zone", "Australia/Melbourne",
                             "--first", "2027-05-10", "--last", "2027-05-14"});
    EXPECT_THAT(said.out, HasSubstr("on the clock of Australia/Melbourne"));
}

TEST(Tours, AreShownAsChosenLater) {
    make_tenant("showing");
    const std::string id = answer({"tour", "add", "showing", "--city", "Perth", "--zone", "Australia/Perth",
                                   "--first", "2027-03-10", "--last", "2027-03-14", "--outcall", "no"})["id"];
    EXPECT_EQ(answer({"tour", "list", "showing"})[0]["outcall"], false);
    answer({"tour", "set", "showing", id, "--from", "2027-03-01"});
    EXPECT_EQ(answer({"tour", "list", "showing"})[0]["visibility"], "later");
    answer({"tour", "set", "showing", id, "--show", "month"});
    EXPECT_EQ(answer({"tour", "list", "showing"})[0]["visibility"], "month");
    EXPECT_EQ(ctl({"tour", "set", "showing", id, "--show", "always"}).exit_code, 2);
    EXPECT_EQ(ctl({"tour", "set", "showing", id, "--from", "March"}).exit_code, 2);
}

TEST(Availability, NothingOfAnotherCompanionIsRemoved) {
    make_tenant("hers");
    make_tenant("others");
    const std::string block =
        answer({"availability", "block", "hers", "2027-03-01T12:00:00Z", "2027-03-01T15:00:00Z"})["id"];
    const std::string tour = answer(
        {"tour", "add", "hers", "--city", "Perth", "--first", "2027-03-10", "--last", "2027-03-14"})["id"];
    answer({"calendar", "share", "hers"});
    const std::string feed = answer({"calendar", "list", "hers"})[0]["id"];
    EXPECT_EQ(ctl({"availability", "unblock", "others", block}).exit_code, 1);
    EXPECT_EQ(ctl({"tour", "remove", "others", tour}).exit_code, 1);
    EXPECT_EQ(ctl({"tour", "set", "others", tour, "--show", "month"}).exit_code, 1);
    EXPECT_EQ(ctl({"calendar", "revoke", "others", feed}).exit_code, 1);
    EXPECT_EQ(answer({"availability", "show", "hers"})["blocked"].size(), 1U);
    EXPECT_EQ(answer({"tour", "list", "hers"})[0]["visibility"], "now");
    EXPECT_EQ(answer({"calendar", "list", "hers"}).size(), 1U);
}

TEST(Calendars, OfOthersBlockTheirBusyTimes) {
    make_tenant("importing");
    const Json made =
        answer({"calendar", "import", "importing", "-", "--name", "Work"}, calendar_text("Australia/Perth"));
    EXPECT_EQ(made["report"]["busy"], 1);
    const Json blocked = answer({"availability", "show", "importing"})["blocked"];
    ASSERT_EQ(blocked.size(), 1U);
    EXPECT_EQ(blocked[0]["imported"], true);
    EXPECT_THAT(blocked[0]["start"].get<std::string>(), testing::EndsWith("03-01T02:00:00Z"));
    EXPECT_EQ(blocked.dump().find("Secret"), std::string::npos);
    const Json listed = answer({"calendar", "imports", "importing"});
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0]["name"], "Work");
    EXPECT_TRUE(listed[0]["host"].is_null());
    const std::string id = listed[0]["id"];
    EXPECT_EQ(ctl({"calendar", "refresh", "importing", id}).exit_code, 1) << "a file is imported again";
    answer({"calendar", "import", "importing", "-", "--replace", id},
           "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n");
    EXPECT_EQ(answer({"availability", "show", "importing"})["blocked"].size(), 0U);
    const Answer refused = ctl({"calendar", "import", "importing", "-"}, "no calendar");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("VCALENDAR"));
    answer({"calendar", "remove", "importing", id});
    EXPECT_EQ(answer({"calendar", "imports", "importing"}).size(), 0U);
}

TEST(Calendars, WithAnUnknownZoneAskWhichOneIsMeant) {
    make_tenant("zoning");
    const Answer asked = ctl({"calendar", "import", "zoning", "-"}, calendar_text("Customized Time Zone"));
    EXPECT_EQ(asked.exit_code, 1);
    EXPECT_THAT(asked.err, HasSubstr("--zone \"Customized Time Zone="));
    EXPECT_EQ(answer({"calendar", "imports", "zoning"}).size(), 0U);
    EXPECT_EQ(answer({"calendar", "import", "zoning", "-", "--zone", "Customized Time Zone=Australia/Perth"},
                     calendar_text("Customized Time Zone"))["report"]["busy"],
              1);
    EXPECT_EQ(ctl({"calendar", "import", "zoning", "-", "--zone", "Work=Nowhere/Else"}, calendar_text("Work"))
                  .exit_code,
              2);
}

TEST(Calendars, AtAnAddressAreLeftToTheService) {
    make_tenant("following");
    const Json made =
        answer({"calendar", "import", "following", "webcal://calendar.example.com/private/basic.ics"});
    EXPECT_EQ(made["url"], "https://calendar.example.com/private/basic.ics");
    const Json listed = answer({"calendar", "imports", "following"});
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0]["host"], "calendar.example.com");
    EXPECT_EQ(listed.dump().find("private"), std::string::npos)
        << "whoever knows the address reads the calendar";
    EXPECT_TRUE(listed[0]["readAt"].is_null());
    answer({"calendar", "refresh", "following", made["id"]});
    EXPECT_EQ(ctl({"calendar", "import", "following", "ftp://example.com/x.ics"}).exit_code, 2);
    EXPECT_EQ(ctl({"calendar", "import", "following", "/no/such/file.ics"}).exit_code, 1);
    answer({"calendar", "remove", "following", made["id"]});
}

TEST(Outbox, ListsWhatWasNotDeliveredAndTriesAgain) {
    make_tenant("undelivered");
    const std::string booking = entered("undelivered", "2027-03-08T18:00:00Z");
    EXPECT_EQ(answer({"outbox", "list", "--booking", booking}).size(), 0U);
    studio::db::Sql owner(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
    ASSERT_EQ(owner
                  .done("INSERT INTO outbox (tenant_id, booking_id, kind, status, reason, attempts, done_at)"
                        " SELECT tenant_id, id, 'client_accepted', 'dead', 'smtp_550', 3, now() FROM "
                        "bookings WHERE id = '" +
                        booking + "'")
                  .message,
              "");
    const Json listed = answer({"outbox", "list", "--booking", booking});
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0]["tenant"], "undelivered");
    EXPECT_EQ(listed[0]["status"], "given_up");
    EXPECT_EQ(listed[0]["explanation"],
              "The email to the client about the acceptance could not be delivered: the mail "
              "server refused it (550).");
    answer({"outbox", "retry", listed[0]["id"]});
    EXPECT_EQ(owner.value("SELECT status FROM outbox WHERE booking_id = '" + booking + "'"), "pending");
    EXPECT_EQ(ctl({"outbox", "retry", listed[0]["id"]}).exit_code, 1) << "it waits already";
}

TEST(Calendars, HaveASecretAddressThatEnds) {
    make_tenant("sharing");
    const Json made = answer({"calendar", "share", "sharing", "--titles", "neutral"});
    EXPECT_THAT(made["path"].get<std::string>(), HasSubstr("/calendar/"));
    const Json listed = answer({"calendar", "list", "sharing"});
    ASSERT_EQ(listed.size(), 1U);
    answer({"calendar", "revoke", "sharing", listed[0]["id"]});
    EXPECT_EQ(answer({"calendar", "list", "sharing"}).size(), 0U);
}
