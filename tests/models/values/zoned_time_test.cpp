// SPDX-License-Identifier: Apache-2.0
#include "models/values/zoned_time.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace studio::models;

namespace {

Time utc(std::string_view text) {
    return parse_rfc3339(text).value();
}

} // namespace

TEST(LocalDateTime, IsReadAsFormsAndPeopleWriteIt) {
    const LocalDateTime evening{2026, 11, 23, 20, 5, 0};
    for (const char *text : {"2026-11-23T20:05", "2026-11-23 20:05", "2026-11-23T20:05:00",
                             "2026-11-23T20:05:00.000", "2026-11-23t20:05"}) {
        EXPECT_EQ(parse_local_date_time(text), evening) << text;
    }
    EXPECT_EQ(parse_local_date_time("2028-02-29T23:59:59"), (LocalDateTime{2028, 2, 29, 23, 59, 59}));
    EXPECT_EQ(form_value(evening), "2026-11-23T20:05");
}

TEST(LocalDateTime, RefusesWhatIsNoTime) {
    for (const char *text : {"",
                             "tomorrow",
                             "2026-11-23",
                             "20:05",
                             "2026-13-01T10:00",
                             "2026-00-01T10:00",
                             "2027-02-29T10:00",
                             "2026-11-31T10:00",
                             "2026-11-23T24:00",
                             "2026-11-23T10:60",
                             "2026-11-23T10:00:60",
                             "2026-11-23T10:00Z",
                             "2026-11-23T10:00+11:00",
                             "2026-11-23T10:00 ",
                             " 2026-11-23T10:00",
                             "26-11-23T10:00",
                             "2026-11-23T10:00:00.",
                             "2026-11-23T10:00:00.0000000000",
                             "12026-11-23T10:00",
                             "-026-11-23T10:00",
                             "2026-11-23T1:00"}) {
        EXPECT_FALSE(parse_local_date_time(text)) << text;
    }
}

TEST(ZonedTime, FollowsTheClocksOfThePlace) {
    struct {
        const char *local, *zone, *expected;
        LocalTimeKind kind;
    } const cases[] = {
        {"2026-07-01T20:00", "Australia/Sydney", "2026-07-01T10:00:00Z", LocalTimeKind::Once},
        {"2026-12-01T20:00", "Australia/Sydney", "2026-12-01T09:00:00Z", LocalTimeKind::Once},
        {"2026-10-04T01:59", "Australia/Sydney", "2026-10-03T15:59:00Z", LocalTimeKind::Once},
        {"2026-10-04T02:30", "Australia/Sydney", "2026-10-03T16:00:00Z", LocalTimeKind::Skipped},
        {"2026-10-04T03:00", "Australia/Sydney", "2026-10-03T16:00:00Z", LocalTimeKind::Once},
        {"2027-04-04T02:30", "Australia/Sydney", "2027-04-03T15:30:00Z", LocalTimeKind::Twice},
        {"2027-04-04T03:00", "Australia/Sydney", "2027-04-03T17:00:00Z", LocalTimeKind::Once},
        {"2027-03-14T02:30", "America/New_York", "2027-03-14T07:00:00Z", LocalTimeKind::Skipped},
        {"2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z", LocalTimeKind::Twice},
        {"2026-11-01T02:00", "America/New_York", "2026-11-01T07:00:00Z", LocalTimeKind::Once},
        {"2026-12-01T20:00", "Asia/Kolkata", "2026-12-01T14:30:00Z", LocalTimeKind::Once},
        {"2026-12-01T20:00", "UTC", "2026-12-01T20:00:00Z", LocalTimeKind::Once},
        // Lord Howe moves by half an hour.
        {"2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00Z", LocalTimeKind::Skipped},
    };
    for (const auto &one : cases) {
        const ResolvedTime time = resolve_local_time(parse_local_date_time(one.local).value(), one.zone);
        EXPECT_EQ(time.at, utc(one.expected)) << one.local << ' ' << one.zone;
        EXPECT_EQ(time.kind, one.kind) << one.local << ' ' << one.zone;
        if (time.kind == LocalTimeKind::Once) {
            EXPECT_EQ(form_value(local_time(time.at, one.zone)), one.local) << one.zone;
        }
    }
}

TEST(ZonedTime, IsWrittenOutWithTheNameOfItsClock) {
    EXPECT_EQ(format_local_time(utc("2026-11-23T09:00:00Z"), "Australia/Sydney"),
              "Monday 23 November 2026, 20:00 AEDT");
    EXPECT_EQ(format_local_time(utc("2026-07-01T09:05:00Z"), "Australia/Sydney"),
              "Wednesday 1 July 2026, 19:05 AEST");
    EXPECT_EQ(format_local_time(utc("2026-07-01T12:00:00Z"), "America/Sao_Paulo"),
              "Wednesday 1 July 2026, 09:00 Sao Paulo time")
        << "a zone without letters of its own";
    EXPECT_EQ(place_of_zone("America/Port_of_Spain"), "Port of Spain");
}

TEST(ZonedTime, SaysSoWhereTheZoneIsUnknown) {
    EXPECT_THROW(resolve_local_time({}, "Atlantis/Center"), std::runtime_error);
    EXPECT_THROW(local_time(Time(), "../../etc/passwd"), std::runtime_error);
    EXPECT_THROW(local_time(Time(), ""), std::runtime_error);
}

TEST(Rfc3339, IsReadInUtcAndWithOffsets) {
    EXPECT_EQ(utc("1970-01-01T00:00:01Z"), Time(std::chrono::seconds(1)));
    EXPECT_EQ(utc("2026-11-23T20:00:00+11:00"), utc("2026-11-23T09:00:00Z"));
    EXPECT_EQ(utc("2026-11-23T03:30:00-05:30"), utc("2026-11-23T09:00:00.25Z"));
    for (const char *text : {"", "2026-11-23T20:00:00", "2026-11-23T20:00Z", "2026-11-23T20:00:00+1100",
                             "2026-11-23T20:00:00+24:00", "2026-11-23T20:00:00ZZ"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}
