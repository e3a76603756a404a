// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/calendars_job.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/http_sink.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <cstdio>

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr WebhookRules anywhere{true, true};

// Times around now, so that they lie in the period that is read.
std::string ics_time(base::Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    char text[32];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d00Z", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()));
    return text;
}

std::string calendar_of(const std::string &times) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//"
           "EN\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20270101T000000Z\r\n" +
           times + "SUMMARY:Lunch with Zebediah\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string one_event() {
    const base::Time start = base::now() + 48h;
    return calendar_of("DTSTART:" + ics_time(start) + "\r\nDTEND:" + ics_time(start + 2h) + "\r\n");
}

class Calendars : public testing::Test {
protected:
    std::string follow(const std::string &url) { return store.follow(ada, "Work", url); }
    db::CalendarImport listed() { return store.list(ada).at(0); }
    void make_due() {
        EXPECT_EQ(
            owner.done("UPDATE calendar_imports SET next_read_at = now() - interval '1 second'").message, "");
    }

    const test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    db::Session people{database.operator_url()}, service{database.renderer_url()};
    db::CalendarImportStore store{people};
    db::Sql owner{database.owner_url()};
    test_support::HttpSink sink;
    StopFlag stop;
    const Log log{Log::Level::Error};
    CalendarsJob job{service, anywhere, stop, log};
};

TEST_F(Calendars, AreReadAndBlockTheirTimes) {
    sink.answer_with(200, {}, one_event());
    follow(sink.url("/basic.ics"));
    EXPECT_EQ(job.turn(), 0ms);
    EXPECT_GT(job.turn(), 0ms) << "nothing else is due";
    EXPECT_EQ(listed().busy, 1U);
    EXPECT_EQ(listed().problem, "");
    EXPECT_TRUE(listed().read_at);
    ASSERT_EQ(sink.requests().size(), 1U);
    EXPECT_EQ(sink.requests()[0].method, "GET");
    EXPECT_EQ(owner.value("SELECT count(*) FROM time_blocks WHERE note LIKE '%Zebediah%'"), "0")
        << "no titles of somebody's calendar";
}

TEST_F(Calendars, KeepWhatIsKnownWhereAReadingFails) {
    sink.answer_with(200, {}, one_event());
    follow(sink.url());
    job.turn();
    sink.answer_with(503);
    make_due();
    job.turn();
    EXPECT_THAT(listed().problem, HasSubstr("503"));
    EXPECT_EQ(listed().busy, 1U);
    sink.answer_with(200, {}, "This is a page that asks to sign in.");
    make_due();
    job.turn();
    EXPECT_THAT(listed().problem, HasSubstr("no calendar file"));
    EXPECT_EQ(listed().busy, 1U);
    sink.answer_with(200, {}, calendar_of("DTSTART:19990101T000000Z\r\nDTEND:19990101T010000Z\r\n"));
    make_due();
    job.turn();
    EXPECT_EQ(listed().problem, "");
    EXPECT_EQ(listed().busy, 0U);
}

TEST_F(Calendars, SayWhichZonesAreNotKnown) {
    sink.answer_with(200, {},
                     calendar_of("DTSTART;TZID=Customized Time Zone:20280101T100000\r\n"
                                 "DTEND;TZID=Customized Time Zone:20280101T110000\r\n"));
    const std::string id = follow(sink.url());
    job.turn();
    EXPECT_EQ(listed().report.at("unknownZones"), models::Json::array({"Customized Time Zone"}));
    EXPECT_EQ(listed().busy, 0U);
    EXPECT_EQ(owner.done("UPDATE calendar_imports SET tried_at = now() - interval '2 minutes'").message, "");
    store.refresh(ada, id, {{"Customized Time Zone", "Australia/Perth"}});
    job.turn();
    EXPECT_TRUE(listed().report.at("unknownZones").empty());
    EXPECT_EQ(listed().busy, 1U);
}

TEST_F(Calendars, NeverReadThisMachineOrAPrivateNetwork) {
    CalendarsJob guarded(service, {true, false}, stop, log);
    for (const std::string host : {"127.0.0.1", "localhost", "0.0.0.0"}) {
        const std::string port = sink.url("").substr(sink.url("").rfind(':'));
        follow("http://" + host + port + "/");
        guarded.turn();
        EXPECT_THAT(listed().problem, HasSubstr("not public")) << host;
        store.remove(ada, listed().id);
    }
    CalendarsJob secure(service, {false, true}, stop, log);
    follow(sink.url());
    secure.turn();
    EXPECT_THAT(listed().problem, HasSubstr("https://"));
    EXPECT_TRUE(sink.requests().empty());
}

TEST_F(Calendars, FollowNoRedirectAndTakeNoMoreThanTheyMay) {
    test_support::HttpSink other;
    CalendarClient client(anywhere, stop);
    sink.answer_with(302, "Location: " + other.url() + "\r\n");
    EXPECT_THAT(client.get(sink.url()).problem, HasSubstr("leads to another"));
    EXPECT_TRUE(other.requests().empty());
    sink.answer_with(200, {}, std::string(2'000'001, 'x'));
    const CalendarAnswer large = client.get(sink.url());
    EXPECT_THAT(large.problem, HasSubstr("2 MB"));
    EXPECT_TRUE(large.text.empty());
    sink.answer_with(404);
    EXPECT_THAT(client.get(sink.url()).problem, HasSubstr("404"));
}

TEST_F(Calendars, WaitForNobodyLongerThanTheirPatience) {
    test_support::LineServer silent([](test_support::SinkConnection &connection) {
        while (connection.read_line()) {
        }
    });
    CalendarClient client(anywhere, stop, 300ms);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THAT(client.get("http://127.0.0.1:" + std::to_string(silent.port()) + "/").problem,
                HasSubstr("in time"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(Calendars, AreTriedLaterAndLaterWhileTheyFail) {
    EXPECT_EQ(calendar_retry_delay(1), 5min);
    EXPECT_EQ(calendar_retry_delay(2), 10min);
    EXPECT_EQ(calendar_retry_delay(4), 40min);
    EXPECT_EQ(calendar_retry_delay(1000), 6h);
    sink.answer_with(500);
    follow(sink.url());
    job.turn();
    EXPECT_EQ(owner.value(
                  "SELECT next_read_at BETWEEN now() + interval '4 minutes' AND now() + interval '5 minutes'"
                  " FROM calendar_imports"),
              "t");
}

} // namespace

} // namespace studio::renderer
