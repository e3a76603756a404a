// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_source.h"
#include "moments.h"

#include <gmock/gmock.h>

using namespace studio::models;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(CalendarSource, TakesTheAddressesThatCalendarProgramsGive) {
    EXPECT_EQ(calendar_address(" https://calendar.example.com/a/basic.ics\n"),
              "https://calendar.example.com/a/basic.ics");
    EXPECT_EQ(calendar_address("webcal://p12-caldav.example.com/published/2/x"),
              "https://p12-caldav.example.com/published/2/x");
    EXPECT_EQ(calendar_address("HTTPS://calendar.example.com/A"), "https://calendar.example.com/A");
    for (const char *wrong :
         {"", "calendar.ics", "/home/mara/calendar.ics", "ftp://example.com/x", "file:///etc/passwd",
          "https://", "https://mara:secret@example.com/x", "https://exa mple.com/"}) {
        EXPECT_FALSE(calendar_address(wrong)) << wrong;
    }
    EXPECT_FALSE(calendar_address("https://example.com/" + std::string(2000, 'x')));
}

TEST(CalendarSource, ReadsTheSamePeriodAllDayLong) {
    const ImportWindow morning = import_window(utc(2027, 3, 5, 1)),
                       evening = import_window(utc(2027, 3, 5, 23));
    EXPECT_EQ(morning.from, utc(2027, 3, 4));
    EXPECT_EQ(morning.from, evening.from);
    EXPECT_EQ(morning.until, evening.until);
    EXPECT_EQ(read_busy_times("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "UTC", morning).error,
              "");
}

TEST(CalendarSource, ReportsWhatIsMissing) {
    CalendarImport import;
    import.events = 7;
    import.busy.resize(3);
    EXPECT_TRUE(import_gaps(import_report(import)).empty());
    import.unknown_zones = {"Customized Time Zone"};
    import.problems = {"An event has no start that can be read and is left out."};
    const Json report = import_report(import);
    EXPECT_EQ(report.at("events"), 7);
    EXPECT_EQ(report.at("busy"), 3);
    EXPECT_THAT(import_gaps(report), ElementsAre(HasSubstr("\"Customized Time Zone\""), import.problems[0]));
    import.unknown_zones.assign(500, std::string(5000, 'z'));
    import.problems.assign(500, std::string(200, 'p'));
    EXPECT_LT(import_report(import).dump().size(), 20'000U);
}

TEST(CalendarSource, KeepsOnlyZonesThatThereAre) {
    EXPECT_EQ(zone_names({{"Work", "Australia/Perth"}, {"Mars", "Mars/Olympus"}, {"n", 1}}),
              (std::map<std::string, std::string>{{"Work", "Australia/Perth"}}));
    EXPECT_TRUE(zone_names(Json()).empty());
}
