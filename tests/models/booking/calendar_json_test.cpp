// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_json.h"
#include "moments.h"

#include <gtest/gtest.h>

namespace studio::models {

TEST(CalendarJson, IsReadAsTheDatabaseGivesIt) {
    const Json stored = {
        {"availability", {{"bufferMinutes", 15}}},
        {"rules", Json::object()},
        {"tours",
         {{{"id", "t"},
           {"city", "Perth"},
           {"timezone", "Australia/Perth"},
           {"firstDay", "2027-03-01"},
           {"lastDay", "2027-03-05"},
           {"visibility", "later"},
           {"visibleFrom", "2027-02-01"},
           {"weekly", nullptr},
           {"incall", nullptr},
           {"outcall", false}}}},
        {"busy", {{base::to_microseconds(utc(2027, 3, 1, 10)), base::to_microseconds(utc(2027, 3, 1, 12))}}}};
    const Calendar calendar = read_calendar(stored, "Australia/Sydney");
    EXPECT_EQ(calendar.home_zone, "Australia/Sydney");
    ASSERT_TRUE(calendar.availability);
    EXPECT_EQ(calendar.availability->buffer_minutes, 15);
    ASSERT_EQ(calendar.tours.size(), 1U);
    EXPECT_EQ(calendar.tours[0].visible_from, date("2027-02-01"));
    EXPECT_EQ(calendar.tours[0].outcall, std::optional(false));
    ASSERT_EQ(calendar.busy.size(), 1U);
    EXPECT_EQ(calendar.busy[0].end, utc(2027, 3, 1, 12));
}

TEST(CalendarJson, LeavesOutWhatIsNotThereOrNotRight) {
    const Json stored = {{"availability", nullptr}, {"tours", nullptr}, {"busy", {1, {1}, {"a", "b"}}}};
    const Calendar calendar = read_calendar(stored, "UTC");
    EXPECT_FALSE(calendar.availability);
    EXPECT_TRUE(calendar.tours.empty());
    EXPECT_TRUE(calendar.busy.empty());
    EXPECT_FALSE(read_calendar(Json(), "UTC").availability);
}

} // namespace studio::models
