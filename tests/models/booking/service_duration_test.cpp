// SPDX-License-Identifier: Apache-2.0
#include "models/booking/service_duration.h"

#include <gtest/gtest.h>

using namespace studio::models;

namespace {

int minutes_of(std::string_view text) {
    const auto length = parse_duration(text);
    return length ? static_cast<int>(length->count()) : 0;
}

} // namespace

TEST(Duration, IsReadFromWhatPeopleWrite) {
    const std::pair<const char *, int> cases[] = {{"2 hours", 120},
                                                  {"90 min", 90},
                                                  {"1.5 h", 90},
                                                  {"1,5 hours", 90},
                                                  {"1½ hours", 90},
                                                  {"Overnight (12 hours)", 720},
                                                  {"Overnight (10 hours)", 600},
                                                  {"overnight", 720},
                                                  {"Over night", 720},
                                                  {"weekend", 2880},
                                                  {"A weekend away", 2880},
                                                  {"1 h 30", 90},
                                                  {"1h30", 90},
                                                  {"1h30m", 90},
                                                  {"1 hour, 30 minutes", 90},
                                                  {"1 hour and 15 minutes", 75},
                                                  {"three hours", 180},
                                                  {"an hour", 60},
                                                  {"half an hour", 30},
                                                  {"an hour and a half", 90},
                                                  {"two and a half hours", 150},
                                                  {"2-hour dinner", 120},
                                                  {"2–3 hours", 120},
                                                  {"2 to 3 hours", 120},
                                                  {"2 hours – 3 hours", 120},
                                                  {"30 min - 1 hour", 30},
                                                  {"1 hour or 2 hours", 120},
                                                  {"1 hour / 90 minutes", 90},
                                                  {"2 days", 2880},
                                                  {"1 day 12 hours", 2160},
                                                  {"From 3 hours", 180},
                                                  {"3 hours, 2 guests", 180}};
    for (const auto &[text, minutes] : cases) {
        EXPECT_EQ(minutes_of(text), minutes) << text;
    }
}

TEST(Duration, IsUnknownWhereNoLengthIsWritten) {
    for (const char *text : {"", "90", "by arrangement", "2 guests", "0 hours", "half day",
                             "99999999999 hours", "-", "two", "2026-11-23", "\xFF\xFE", "to to to 2"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Duration, OfAServiceByIdOrName) {
    Content content;
    Service dinner, night;
    dinner.id = "dinner";
    dinner.name = "Dinner date";
    dinner.duration = "3 hours";
    night.id = "night";
    night.name = "Overnight";
    content.services = {dinner, night};
    EXPECT_EQ(duration_of_service(content, "dinner"), std::chrono::hours(3));
    EXPECT_EQ(duration_of_service(content, " dinner DATE "), std::chrono::hours(3));
    EXPECT_EQ(duration_of_service(content, "night"), std::chrono::hours(12));
    EXPECT_FALSE(duration_of_service(content, "opera"));
    EXPECT_FALSE(duration_of_service(content, ""));
}
