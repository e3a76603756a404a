// SPDX-License-Identifier: Apache-2.0
#include "models/booking/wall_clock.h"
#include "moments.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace studio::models;
using namespace std::chrono_literals;

TEST(Day, IsReadAndWritten) {
    EXPECT_EQ(day_text(date("2028-02-29")), "2028-02-29");
    EXPECT_EQ(weekday_index(date("2027-03-01")), 0U); // a Monday
    EXPECT_EQ(weekday_index(date("2027-03-07")), 6U);
    for (const char *text :
         {"", "2027-02-29", "2027-13-01", "2027-1-01", "27-01-01", "2027-01-01T", "2027/01/01"}) {
        EXPECT_FALSE(parse_day(text)) << text;
    }
}

TEST(WallClock, ReadsAndResolvesAcrossTheYear) {
    const WallClock sydney("Australia/Sydney");
    EXPECT_EQ(sydney.at(date("2027-03-01"), 10h).at, utc(2027, 2, 28, 23));
    EXPECT_EQ(sydney.at(date("2027-06-01"), 10h).at, utc(2027, 6, 1, 0));
    EXPECT_EQ(sydney.at(date("2027-06-01"), 26h).at, utc(2027, 6, 1, 16));
    EXPECT_EQ(sydney.local(utc(2027, 2, 28, 23)).day, date("2027-03-01"));
    EXPECT_EQ(sydney.local(utc(2027, 2, 28, 23)).clock, 10h);
    EXPECT_EQ(sydney.offset(utc(2027, 6, 1)), 10h);
}

TEST(WallClock, NamesASkippedTimeAndTakesTheFirstOfTwo) {
    const WallClock sydney("Australia/Sydney");
    const WallClock::Moment skipped = sydney.at(date("2027-10-03"), 2h + 30min);
    EXPECT_EQ(skipped.kind, LocalTimeKind::Skipped);
    EXPECT_EQ(skipped.at, utc(2027, 10, 2, 16));
    const WallClock::Moment twice = sydney.at(date("2027-04-04"), 2h + 30min);
    EXPECT_EQ(twice.kind, LocalTimeKind::Twice);
    EXPECT_EQ(twice.at, utc(2027, 4, 3, 15, 30));
}

TEST(WallClock, AnswersTheSameWhateverWasAskedBefore) {
    for (const char *zone : {"Australia/Lord_Howe", "Europe/London", "America/New_York", "Asia/Kathmandu"}) {
        const WallClock used(zone);
        for (int hour = 0; hour < 24 * 365; hour += 7) {
            const Day day = date("2027-01-01") + std::chrono::days(hour / 24);
            const WallClock fresh(zone);
            const auto clock = std::chrono::hours(hour % 24);
            EXPECT_EQ(used.at(day, clock).at, fresh.at(day, clock).at);
            EXPECT_EQ(used.at(day, clock).kind, fresh.at(day, clock).kind);
        }
    }
}

TEST(WallClock, ListsTheChangesOfAYear) {
    const auto changes = WallClock("Australia/Sydney").changes(utc(2027, 1, 1), utc(2028, 1, 1));
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].at, utc(2027, 4, 3, 16));
    EXPECT_FALSE(changes[0].daylight);
    EXPECT_EQ(changes[1].at, utc(2027, 10, 2, 16));
    EXPECT_EQ(changes[1].before, 10h);
    EXPECT_EQ(changes[1].after, 11h);
    EXPECT_TRUE(changes[1].daylight);
    EXPECT_TRUE(WallClock("Australia/Brisbane").changes(utc(2027, 1, 1), utc(2028, 1, 1)).empty());
    EXPECT_THROW(WallClock("Mars/Base"), std::runtime_error);
}

TEST(WallClock, WritesAnInstantWithItsOffset) {
    EXPECT_EQ(rfc3339(utc(2027, 2, 28, 23), 11h), "2027-03-01T10:00:00+11:00");
    EXPECT_EQ(rfc3339(utc(2027, 3, 1, 2), -(3h + 30min)), "2027-02-28T22:30:00-03:30");
}
