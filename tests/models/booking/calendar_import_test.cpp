// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_file.h"
#include "models/booking/calendar_import.h"
#include "moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <thread>

using namespace studio::models;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const ImportWindow spring{utc(2027, 3, 1), utc(2027, 6, 1)};
const char *const sydney = "Australia/Sydney";

std::string calendar(const std::string &parts) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + parts + "END:VCALENDAR\r\n";
}
std::string event(const std::string &lines, const std::string &uid = "e") {
    return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20270101T000000Z\r\n" + lines + "END:VEVENT\r\n";
}
CalendarImport read(const std::string &parts) {
    return read_busy_times(calendar(parts), sydney, spring);
}
std::vector<std::string> starts(const CalendarImport &read) {
    EXPECT_EQ(read.error, "");
    std::vector<std::string> texts;
    for (const TimeSpan &span : read.busy) {
        texts.push_back(rfc3339(span.start, {}).substr(5, 11));
    }
    return texts;
}
std::size_t parser_errors(const std::string &file) {
    icalcomponent *root = icalparser_parse_string(file.c_str());
    EXPECT_NE(root, nullptr);
    icalrestriction_check(root);
    const auto errors = static_cast<std::size_t>(icalcomponent_count_errors(root));
    icalcomponent_free(root);
    return errors;
}

} // namespace

TEST(CalendarImport, ReadsWhatTheStudioWrites) {
    Invitation invitation;
    invitation.event = {
        "b1@example.com", 1, utc(2027, 4, 3, 10), utc(2027, 4, 3, 18), "Appointment é🙂, reserved",
        "Here",           ""};
    invitation.organizer = "desk@example.com";
    invitation.attendee = "a-rather-long-name-of-a-mailbox@a-rather-long-name-of-a-host.example.com";
    invitation.written_at = utc(2027, 3, 1);
    for (const char *zone : {"Australia/Sydney", "Europe/London", "America/New_York", "Australia/Brisbane",
                             "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo"}) {
        invitation.zone = zone;
        for (const InvitationMethod method : {InvitationMethod::Request, InvitationMethod::Cancel}) {
            invitation.method = method;
            const std::string file = write_invitation(invitation);
            EXPECT_EQ(parser_errors(file), 0U) << file;
            const CalendarImport read = read_busy_times(file, "UTC", spring);
            const bool request = method == InvitationMethod::Request;
            EXPECT_EQ(read.busy.size(), request ? 1U : 0U);
            if (request) {
                EXPECT_EQ(read.busy.front(), (TimeSpan{utc(2027, 4, 3, 10), utc(2027, 4, 3, 18)}));
            }
        }
    }
    CalendarFeed feed;
    feed.events = {{"a", 0, utc(2027, 3, 1, 1), utc(2027, 3, 1, 2), "", "", ""},
                   {"b", 3, utc(2027, 3, 2, 1), utc(2027, 3, 2, 2), "Appointment", "", ""}};
    EXPECT_EQ(parser_errors(write_feed(feed)), 0U);
    EXPECT_EQ(read_busy_times(write_feed(feed), sydney, spring).busy.size(), 2U);
}

// With an unknown zone name, libical uses the VTIMEZONE that the file contains.
TEST(CalendarImport, TheZoneThatTheStudioWritesHoldsByItself) {
    Invitation invitation;
    invitation.event = {"b", 0, utc(2027, 4, 3, 10), utc(2027, 4, 3, 18), "x", "", ""};
    invitation.organizer = invitation.attendee = "a@example.com";
    for (const char *zone : {"Australia/Sydney", "America/New_York", "Australia/Brisbane"}) {
        invitation.zone = zone;
        std::string file = write_invitation(invitation);
        for (std::size_t at = file.find(zone); at != std::string::npos; at = file.find(zone)) {
            file.replace(at, std::string_view(zone).size(), "Home office");
        }
        const CalendarImport read = read_busy_times(file, "UTC", spring);
        EXPECT_THAT(read.busy, ElementsAre(TimeSpan{utc(2027, 4, 3, 10), utc(2027, 4, 3, 18)})) << zone;
    }
}

TEST(CalendarImport, ReadsSeriesWithExceptionsAndReplacedTimes) {
    const CalendarImport series = read(
        event(
            "DTSTART;TZID=Australia/Sydney:20270323T100000\r\nDTEND;TZID=Australia/Sydney:20270323T110000\r\n"
            "RRULE:FREQ=WEEKLY;UNTIL=20270420T000000Z\r\nEXDATE;TZID=Australia/Sydney:20270330T100000\r\n") +
        event("RECURRENCE-ID;TZID=Australia/Sydney:20270406T100000\r\n"
              "DTSTART;TZID=Australia/Sydney:20270406T150000\r\nDTEND;TZID=Australia/"
              "Sydney:20270406T160000\r\n") +
        event("RECURRENCE-ID:20270413T000000Z\r\nSTATUS:CANCELLED\r\nDTSTART:20270413T000000Z\r\n"));
    EXPECT_THAT(starts(series), ElementsAre("03-22T23:00", "04-06T05:00", "04-20T00:00"));
    EXPECT_EQ(series.events, 3U);
}

TEST(CalendarImport, TakesWholeDaysAndTimesWithoutZoneInTheCompanionsZone) {
    const CalendarImport days = read(event("DTSTART;VALUE=DATE:20270403\r\nDTEND;VALUE=DATE:20270405\r\n"));
    EXPECT_THAT(days.busy, ElementsAre(TimeSpan{utc(2027, 4, 2, 13), utc(2027, 4, 4, 14)}));
    const CalendarImport day = read(event("DTSTART;VALUE=DATE:20270421\r\n"));
    EXPECT_THAT(day.busy, ElementsAre(TimeSpan{utc(2027, 4, 20, 14), utc(2027, 4, 21, 14)}));
    const CalendarImport floating = read(event("DTSTART:20270421T100000\r\nDURATION:PT90M\r\n"));
    EXPECT_THAT(floating.busy, ElementsAre(TimeSpan{utc(2027, 4, 21, 0), utc(2027, 4, 21, 1, 30)}));
    const CalendarImport yearly =
        read(event("DTSTART;VALUE=DATE:20200421\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20260421\r\n"));
    EXPECT_THAT(starts(yearly), ElementsAre("04-20T14:00"));
}

TEST(CalendarImport, LeavesFreeAndCancelledTimesFree) {
    EXPECT_THAT(read(event("DTSTART:20270421T100000Z\r\nDTEND:20270421T110000Z\r\nTRANSP:TRANSPARENT\r\n") +
                     event("DTSTART:20270422T100000Z\r\nDTEND:20270422T110000Z\r\nSTATUS:CANCELLED\r\n") +
                     event("DTSTART:20280422T100000Z\r\nDTEND:20280422T110000Z\r\n"))
                    .busy,
                IsEmpty());
}

TEST(CalendarImport, ReadsFreeBusyAndFurtherDates) {
    EXPECT_THAT(starts(read("BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTAMP:20270101T000000Z\r\n"
                            "FREEBUSY:20270401T100000Z/20270401T110000Z,20270402T100000Z/PT1H\r\n"
                            "FREEBUSY;FBTYPE=FREE:20270403T100000Z/PT1H\r\nEND:VFREEBUSY\r\n")),
                ElementsAre("04-01T10:00", "04-02T10:00"));
    EXPECT_THAT(starts(read(event("DTSTART:20270421T100000Z\r\nDTEND:20270421T110000Z\r\n"
                                  "RDATE:20270423T100000Z,20270425T100000Z\r\n"
                                  "RDATE;VALUE=PERIOD:20270427T100000Z/PT3H\r\n"))),
                ElementsAre("04-21T10:00", "04-23T10:00", "04-25T10:00", "04-27T10:00"));
}

TEST(CalendarImport, KnowsZonesOfWindowsAndWithPrefixes) {
    const std::pair<const char *, const char *> zones[] = {
        {"AUS Eastern Standard Time", "04-21T00:00"},
        {"GMT Standard Time", "04-21T09:00"},
        {"Eastern Standard Time", "04-21T14:00"},
        {"W. Europe Standard Time", "04-21T08:00"},
        {"/freeassociation.sourceforge.net/Europe/London", "04-21T09:00"},
        {"/mozilla.org/20050126_1/America/New_York", "04-21T14:00"},
        {"UTC", "04-21T10:00"}};
    for (const auto &[zone, start] : zones) {
        const CalendarImport found =
            read(event(std::string("DTSTART;TZID=") + zone + ":20270421T100000\r\nDURATION:PT1H\r\n"));
        EXPECT_THAT(starts(found), ElementsAre(start)) << zone;
        EXPECT_THAT(found.unknown_zones, IsEmpty());
    }
}

TEST(CalendarImport, ReportsAnUnknownZoneAndDoesNotGuess) {
    const std::string parts =
        event("DTSTART;TZID=Customized Time Zone:20270421T100000\r\nDURATION:PT1H\r\n") +
        event("DTSTART:20270422T100000Z\r\nDURATION:PT1H\r\n", "f");
    const CalendarImport unknown = read(parts);
    EXPECT_THAT(starts(unknown), ElementsAre("04-22T10:00"));
    EXPECT_THAT(unknown.unknown_zones, ElementsAre("Customized Time Zone"));
    const CalendarImport chosen =
        read_busy_times(calendar(parts), sydney, spring, {{"Customized Time Zone", "Australia/Perth"}});
    EXPECT_THAT(starts(chosen), ElementsAre("04-21T02:00", "04-22T10:00"));
    EXPECT_THAT(chosen.unknown_zones, IsEmpty());
}

TEST(CalendarImport, NamesSingleEventsThatCannotBeRead) {
    const CalendarImport odd =
        read(event("DTSTART:20270421T100000Z\r\nDTEND:20270421T090000Z\r\n") + event("SUMMARY:no start\r\n") +
             event("DTSTART:20270422T100000Z\r\nDURATION:PT1H\r\n"));
    EXPECT_THAT(starts(odd), ElementsAre("04-22T10:00"));
    EXPECT_EQ(odd.problems.size(), 2U);
}

TEST(CalendarImport, RefusesHostileFilesQuickly) {
    std::string nested, many, impossible;
    for (int count = 0; count < 100'000; ++count) {
        nested += "BEGIN:VEVENT\r\n";
    }
    for (int count = 0; count < 5'000; ++count) {
        impossible +=
            event("DTSTART:19000101T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n",
                  std::to_string(count));
    }
    const std::pair<std::string, const char *> cases[] = {
        {"", "no calendar"},
        {"<html>not found</html>", "no calendar"},
        {calendar(event("SUMMARY:\xFF\xFE\r\n")), "UTF-8"},
        {calendar(event(std::string("SUMMARY:a\0b\r\n", 13))), "UTF-8"},
        {std::string(max_calendar_bytes + 1, 'x'), "2 MB"},
        {calendar(nested), "nested"},
        {calendar(event("DTSTART:20270421T100000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\n")),
         "more often"},
        {calendar(event(
             "DTSTART:20270421T100000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\r\n")),
         "more often"},
        {calendar(event("DTSTART:20270421T100000Z\r\nDURATION:PT1S\r\n"
                        "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10;BYMINUTE=0,5,10,15,20,25,30,35,40,45,"
                        "50,55\r\n")),
         "more than 5000"},
        {calendar(impossible), "too long"},
    };
    for (const auto &[file, words] : cases) {
        const auto begin = std::chrono::steady_clock::now();
        const CalendarImport refused = read_busy_times(file, sydney, spring);
        EXPECT_THAT(refused.error, HasSubstr(words)) << file.substr(0, 300);
        EXPECT_THAT(refused.busy, IsEmpty());
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15)) << words;
    }
    EXPECT_THAT(read_busy_times(calendar(""), sydney, {utc(2027, 1, 1), utc(2030, 1, 1)}).error,
                HasSubstr("two years"));
}

TEST(CalendarImport, DoesNotFollowAZoneThatChangesEverySecond) {
    const CalendarImport odd = read(
        "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nTZOFFSETFROM:+1000\r\n"
        "TZOFFSETTO:+1100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" +
        event("DTSTART;TZID=Odd:20270421T100000\r\nDURATION:PT1H\r\n"));
    EXPECT_THAT(odd.unknown_zones, ElementsAre("Odd"));
}

TEST(CalendarImport, ReadsALargeFileInTime) {
    std::string parts;
    for (int count = 0; count < 4'000; ++count) {
        const Time start = utc(2027, 3, 1) + std::chrono::minutes(30) * count;
        std::string stamp = rfc3339(start, {}).substr(0, 16);
        std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
        parts += event("DTSTART;TZID=Australia/Sydney:" + stamp +
                           "00\r\nDURATION:PT10M\r\nDESCRIPTION:" + std::string(300, 'x') + "\r\n",
                       std::to_string(count));
    }
    EXPECT_GT(read(parts).busy.size(), 3'900U);
}

TEST(CalendarImport, IsSafeForSeveralThreadsFromTheFirstUseOn) {
    std::vector<std::thread> threads;
    std::vector<std::size_t> found(8);
    for (std::size_t &count : found) {
        threads.emplace_back([&count] {
            count =
                read(event("DTSTART;TZID=Europe/London:20270421T100000\r\nDURATION:PT1H\r\n")).busy.size();
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_THAT(found, testing::Each(1U));
}

// The database accepts no blocked time of more than 370 days, and refusing one would refuse the whole
// calendar.
TEST(CalendarImport, CutsWhatLastsLongerThanAYear) {
    const ImportWindow two_years{utc(2027, 3, 1), utc(2029, 2, 28)};
    const CalendarImport read =
        read_busy_times(calendar(event("DTSTART;VALUE=DATE:20270301\r\nDTEND;VALUE=DATE:20280101\r\n", "a") +
                                 event("DTSTART;VALUE=DATE:20280101\r\nDTEND;VALUE=DATE:20290101\r\n", "b")),
                        "UTC", two_years);
    ASSERT_EQ(read.error, "");
    ASSERT_EQ(read.busy.size(), 2U);
    EXPECT_EQ(read.busy[0].start, utc(2027, 3, 1));
    EXPECT_EQ(read.busy[0].end, read.busy[1].start);
    EXPECT_EQ(read.busy[1].end, utc(2029, 1, 1));
    for (const TimeSpan &span : read.busy) {
        EXPECT_LE(span.end - span.start, max_busy_length);
    }
}
