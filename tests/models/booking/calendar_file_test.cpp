// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "models/booking/calendar_file.h"
#include "moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

using namespace studio::models;
using testing::HasSubstr;
using testing::Not;

namespace {

Invitation invitation() {
    Invitation invitation;
    invitation.event = {"b1@example.com",
                        1,
                        utc(2027, 4, 3, 10),
                        utc(2027, 4, 3, 18),
                        "Appointment, 8 hours; reserved",
                        "",
                        "First line\nSecond \\ line"};
    invitation.organizer = "desk@example.com";
    invitation.attendee = "robin@example.com";
    invitation.zone = "Australia/Sydney";
    invitation.written_at = utc(2027, 3, 1);
    return invitation;
}

// The lines as RFC 5545 wants them: each at most 75 octets and ended by CR LF, no character cut.
std::vector<std::string> checked_lines(const std::string &file) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < file.size()) {
        const std::size_t end = file.find("\r\n", at);
        EXPECT_NE(end, std::string::npos);
        const std::string line = file.substr(at, end - at);
        EXPECT_LE(line.size(), 75U) << line;
        EXPECT_FALSE(line.empty());
        EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos) << line;
        EXPECT_TRUE(studio::base::is_valid_utf8(line)) << line;
        lines.push_back(line);
        at = end + 2;
    }
    return lines;
}

} // namespace

TEST(CalendarFile, InvitesOverTheNightWhenClocksChange) {
    const std::string file = write_invitation(invitation());
    checked_lines(file);
    for (const char *line :
         {"METHOD:REQUEST\r\n", "TZID:Australia/Sydney\r\n",
          "DTSTART;TZID=Australia/Sydney:20270403T210000\r\n",
          "DTEND;TZID=Australia/Sydney:20270404T040000\r\n",
          "DTSTART:20270404T030000\r\nTZOFFSETFROM:+1100\r\n"
          "TZOFFSETTO:+1000\r\nTZNAME:AEST\r\n",
          "SEQUENCE:1\r\n", "UID:b1@example.com\r\n", "SUMMARY:Appointment\\, 8 hours\\; reserved\r\n",
          "DESCRIPTION:First line\\nSecond \\\\ line\r\n", "ORGANIZER:mailto:desk@example.com\r\n",
          "RSVP=FALSE", "DTSTAMP:20270301T000000Z\r\n"}) {
        EXPECT_THAT(file, HasSubstr(line));
    }
    EXPECT_THAT(file, Not(HasSubstr("RRULE")));
    EXPECT_THAT(file, Not(HasSubstr("LOCATION")));
}

TEST(CalendarFile, WithdrawsWithTheSameId) {
    Invitation withdrawn = invitation();
    withdrawn.method = InvitationMethod::Cancel;
    withdrawn.event.sequence = 2;
    const std::string file = write_invitation(withdrawn);
    for (const char *line :
         {"METHOD:CANCEL\r\n", "STATUS:CANCELLED\r\n", "UID:b1@example.com\r\n", "SEQUENCE:2\r\n"}) {
        EXPECT_THAT(file, HasSubstr(line));
    }
}

TEST(CalendarFile, WritesATimeThatComesTwiceInUtc) {
    Invitation night = invitation();
    night.event.start = utc(2027, 4, 3, 15, 30); // the first 02:30
    night.event.end = utc(2027, 4, 3, 18);
    EXPECT_THAT(write_invitation(night), HasSubstr("DTSTART:20270403T153000Z\r\n"));
    EXPECT_THAT(write_invitation(night), HasSubstr("DTEND;TZID=Australia/Sydney:20270404T040000\r\n"));
}

TEST(CalendarFile, FoldsBetweenCharactersAndLetsNothingIn) {
    for (std::size_t shift = 0; shift < 8; ++shift) {
        Invitation long_texts = invitation();
        long_texts.event.summary = std::string(shift, 'a');
        for (int count = 0; count < 60; ++count) {
            long_texts.event.summary += "é🙂";
        }
        const auto lines = checked_lines(write_invitation(long_texts));
        std::string unfolded;
        for (const std::string &line : lines) {
            unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
        }
        EXPECT_THAT(unfolded, HasSubstr("SUMMARY:" + long_texts.event.summary + "\n"));
    }
    Invitation hostile = invitation();
    hostile.attendee = "a@example.com\r\nATTACH:http://example.com";
    hostile.event.summary = "x\r\nATTACH:http://example.com\x01";
    for (const std::string &line : checked_lines(write_invitation(hostile))) {
        EXPECT_FALSE(line.starts_with("ATTACH"));
    }
}

TEST(CalendarFile, PublishesBusyTimesWithoutAddresses) {
    CalendarFeed feed;
    feed.written_at = utc(2027, 3, 1);
    feed.events = {{"a", 0, utc(2027, 3, 1, 1), utc(2027, 3, 1, 2), "", "", ""},
                   {"b", 3, utc(2027, 3, 2, 1), utc(2027, 3, 2, 2), "Appointment", "", ""}};
    const std::string file = write_feed(feed);
    checked_lines(file);
    EXPECT_THAT(file, Not(HasSubstr("METHOD")));
    EXPECT_THAT(file, HasSubstr("SUMMARY:Busy\r\n"));
    EXPECT_THAT(file, HasSubstr("SUMMARY:Appointment\r\n"));
    EXPECT_THAT(file, HasSubstr("DTSTART:20270302T010000Z\r\n"));
    EXPECT_THAT(file, Not(HasSubstr("ATTENDEE")));
    EXPECT_THAT(file, Not(HasSubstr("ORGANIZER")));
}
