// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::models {
namespace {

using testing::ElementsAre;

Tour tour(const char *city, const char *first, const char *last,
          TourVisibility visibility = TourVisibility::Now) {
    Tour result;
    result.city = city;
    result.timezone = "Australia/Melbourne";
    result.first_day = *parse_day(first);
    result.last_day = *parse_day(last);
    result.visibility = visibility;
    return result;
}

TEST(CalendarWords, JoinDaysWithTheSameHours) {
    WeeklyHours weekly;
    EXPECT_EQ(hours_words(weekly), "");
    for (std::size_t day = 0; day < 5; ++day) {
        weekly[day] = {{600, 1080}};
    }
    weekly[5] = {{720, 1560}};
    EXPECT_EQ(hours_words(weekly), "Monday to Friday 10:00–18:00, Saturday 12:00–02:00");
    weekly[2] = {};
    weekly[6] = weekly[5];
    EXPECT_EQ(
        hours_words(weekly),
        "Monday and Tuesday 10:00–18:00, Thursday and Friday 10:00–18:00, Saturday and Sunday 12:00–02:00");
    weekly = {};
    weekly[1] = {{600, 720}, {840, 1440}};
    EXPECT_EQ(hours_words(weekly), "Tuesday 10:00–12:00 and 14:00–24:00");
}

TEST(CalendarWords, NameToursThatThePublicMayKnowOf) {
    Calendar calendar;
    calendar.tours = {tour("Perth", "2027-01-01", "2027-01-31"),
                      tour("Melbourne", "2027-03-03", "2027-03-07"),
                      tour("Hobart", "2027-03-30", "2027-04-02"),
                      tour("Cairns", "2027-05-05", "2027-05-05"),
                      tour("Darwin", "2027-06-10", "2027-06-20", TourVisibility::Month),
                      tour("London", "2027-12-30", "2028-01-02"),
                      tour("Paris", "2028-02-01", "2028-02-09", TourVisibility::Later)};
    calendar.tours.back().visible_from = parse_day("2028-01-01");
    EXPECT_THAT(tour_words(calendar, *parse_day("2027-03-07")),
                ElementsAre("Melbourne, 3–7 March 2027", "Hobart, 30 March–2 April 2027",
                            "Cairns, 5 May 2027", "Darwin, June 2027",
                            "London, 30 December 2027–2 January 2028"));
    EXPECT_THAT(tour_words(calendar, *parse_day("2028-01-03")), ElementsAre("Paris, 1–9 February 2028"));
}

TEST(CalendarWords, TakeThePlaceOfWhatWasWrittenByHand) {
    const Time now(std::chrono::sys_days(std::chrono::year{2027} / 3 / 6) + std::chrono::hours(20));
    Content content;
    content.contact.available_hours = "Evenings";
    content.location.travel_cities = {"Somewhere"};
    Calendar calendar;
    show_calendar(calendar, now, content);
    EXPECT_FALSE(calendar.shown_on) << "there is no tour to show";
    EXPECT_EQ(content.contact.available_hours, "Evenings");
    EXPECT_THAT(content.location.travel_cities, ElementsAre("Somewhere"));
    calendar.availability.emplace();
    calendar.availability->weekly[0] = {{600, 1080}};
    calendar.tours = {tour("Perth", "2027-03-05", "2027-03-06"), tour("Hobart", "2027-04-01", "2027-04-02")};
    show_calendar(calendar, now, content);
    EXPECT_EQ(content.contact.available_hours, "Monday 10:00–18:00");
    EXPECT_THAT(content.location.travel_cities, ElementsAre("Hobart, 1–2 April 2027"))
        << "in Sydney it is the 7th already";
    EXPECT_EQ(calendar.shown_on, parse_day("2027-03-07"));
}

} // namespace
} // namespace studio::models
