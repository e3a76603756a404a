// SPDX-License-Identifier: Apache-2.0
#include "models/booking/free_times.h"
#include "moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

using namespace studio::models;
using namespace std::chrono_literals;
using testing::ElementsAre;

namespace {

const Time now = utc(2027, 2, 1);

// Monday to Sunday 10:00 to 14:00 in Sydney, starts each hour.
Calendar sydney() {
    Calendar calendar;
    Availability availability;
    availability.weekly.fill({{600, 840}});
    availability.start_step_minutes = 60;
    availability.buffer_minutes = 30;
    calendar.availability = availability;
    return calendar;
}

Tour perth() {
    Tour tour;
    tour.id = "m";
    tour.city = "Perth";
    tour.timezone = "Australia/Perth";
    tour.first_day = date("2027-03-02");
    tour.last_day = date("2027-03-03");
    return tour;
}

std::vector<std::string> starts(const Calendar &calendar, const char *first, const char *last,
                                std::chrono::minutes length = 60min) {
    std::vector<std::string> texts;
    for (const FreeTime &time : free_times(calendar, date(first), date(last), length, "", now)) {
        texts.push_back(rfc3339(time.start, time.offset));
    }
    return texts;
}

TimeCheck check(const Calendar &calendar, Time start, std::chrono::minutes length = 60min) {
    return check_time(calendar, start, start + length, "", now);
}

} // namespace

TEST(FreeTimes, LiesWithinHoursOnTheLocalClock) {
    EXPECT_THAT(starts(sydney(), "2027-03-01", "2027-03-01"),
                ElementsAre("2027-03-01T10:00:00+11:00", "2027-03-01T11:00:00+11:00",
                            "2027-03-01T12:00:00+11:00", "2027-03-01T13:00:00+11:00"));
    EXPECT_THAT(starts(sydney(), "2027-03-01", "2027-03-02", 4h),
                ElementsAre("2027-03-01T10:00:00+11:00", "2027-03-02T10:00:00+11:00"));
    EXPECT_TRUE(starts(sydney(), "2027-03-01", "2027-03-02", 5h).empty());
}

TEST(FreeTimes, KeepsTheBufferOnlyAfterTheBooking) {
    Calendar calendar = sydney();
    calendar.busy = {{utc(2027, 3, 1, 1), utc(2027, 3, 1, 1, 30), BusyReason::Booking}}; // 12:00 to 12:30
    EXPECT_THAT(starts(calendar, "2027-03-01", "2027-03-01"),
                ElementsAre("2027-03-01T10:00:00+11:00", "2027-03-01T13:00:00+11:00"));
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 0)), TimeCheck::Taken);
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 0), 30min), TimeCheck::Free);
}

TEST(FreeTimes, JoinsHoursOverMidnight) {
    Calendar calendar = sydney();
    calendar.availability->weekly.fill({{1320, 1440}, {0, 60}});
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 12), 2h), TimeCheck::Free); // 23:00 to 01:00
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 12), 3h), TimeCheck::OutsideHours);
    calendar.availability->weekly.fill({{1320, 1500}});
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 12), 2h), TimeCheck::Free);
    EXPECT_EQ(starts(calendar, "2027-03-01", "2027-03-01").front(), "2027-03-01T00:00:00+11:00");
}

TEST(FreeTimes, FollowsExceptionsNoticeAndTheLongestAhead) {
    Calendar calendar = sydney();
    calendar.availability->exceptions = {{date("2027-03-01"), {}, ""},
                                         {date("2027-03-02"), {{900, 960}}, ""}};
    EXPECT_THAT(starts(calendar, "2027-03-01", "2027-03-02"), ElementsAre("2027-03-02T15:00:00+11:00"));
    EXPECT_EQ(check(calendar, utc(2027, 2, 28, 23)), TimeCheck::OutsideHours);
    calendar.availability->max_days_ahead = 10; // today is 1 February
    EXPECT_EQ(starts(calendar, "2027-02-11", "2027-02-12").size(), 4U);
    EXPECT_EQ(check(calendar, utc(2027, 2, 12, 0)), TimeCheck::TooFar);
    calendar.availability->notice_minutes = 60; // it is 11:00 in Sydney
    EXPECT_EQ(check(calendar, utc(2027, 2, 1, 1)), TimeCheck::Free);
    EXPECT_EQ(check(calendar, utc(2027, 2, 1, 0)), TimeCheck::TooSoon);
    EXPECT_THAT(starts(calendar, "2027-02-01", "2027-02-01"), ElementsAre("2027-02-01T13:00:00+11:00"));
}

TEST(FreeTimes, RefusesStartsBesideTheStep) {
    EXPECT_EQ(check(sydney(), utc(2027, 3, 1, 0, 30)), TimeCheck::NoFixedStart);
    EXPECT_EQ(check(sydney(), utc(2027, 3, 1, 0) + 1s), TimeCheck::NoFixedStart);
    EXPECT_EQ(check(sydney(), utc(2027, 3, 1, 0), 0min), TimeCheck::OutsideHours);
}

TEST(FreeTimes, NeverOffersSkippedTimesAndOnlyTheFirstOfTwo) {
    Calendar calendar = sydney();
    calendar.availability->max_days_ahead = 365;
    calendar.availability->weekly.fill({{60, 240}}); // 01:00 to 04:00
    EXPECT_THAT(starts(calendar, "2027-10-03", "2027-10-03"),
                ElementsAre("2027-10-03T01:00:00+10:00", "2027-10-03T03:00:00+11:00"));
    EXPECT_THAT(
        starts(calendar, "2027-04-04", "2027-04-04"),
        ElementsAre("2027-04-04T01:00:00+11:00", "2027-04-04T02:00:00+11:00", "2027-04-04T03:00:00+10:00"));
    EXPECT_EQ(check(calendar, utc(2027, 4, 3, 16)), TimeCheck::NoFixedStart); // the second 02:00
    EXPECT_EQ(check_local_time(calendar, {2027, 10, 3, 2, 0, 0}, 60min, "", now).check,
              TimeCheck::ClockSkipped);
    const LocalTimeCheck twice = check_local_time(calendar, {2027, 4, 4, 2, 0, 0}, 60min, "", now);
    EXPECT_EQ(twice.check, TimeCheck::Free);
    EXPECT_EQ(twice.start, utc(2027, 4, 3, 15));
}

TEST(FreeTimes, IsThoseOfTheTourOnItsDays) {
    Calendar calendar = sydney();
    calendar.tours = {perth()};
    const auto times = free_times(calendar, date("2027-03-01"), date("2027-03-04"), 4h, "", now);
    ASSERT_EQ(times.size(), 4U);
    EXPECT_EQ(times[0].city, "");
    EXPECT_EQ(times[1].city, "Perth");
    EXPECT_EQ(times[1].zone, "Australia/Perth");
    EXPECT_EQ(rfc3339(times[1].start, times[1].offset), "2027-03-02T10:00:00+08:00");
    EXPECT_EQ(rfc3339(times[3].start, times[3].offset), "2027-03-04T10:00:00+11:00");
    const LocalTimeCheck there = check_local_time(calendar, {2027, 3, 2, 10, 0, 0}, 60min, "", now);
    EXPECT_EQ(there.check, TimeCheck::Free);
    EXPECT_EQ(there.city, "Perth");
    EXPECT_EQ(there.start, utc(2027, 3, 2, 2));
}

TEST(FreeTimes, OfATourThatIsNotShownAreForStaffAlone) {
    Calendar calendar = sydney();
    calendar.tours = {perth()};
    calendar.tours[0].visibility = TourVisibility::Month;
    EXPECT_TRUE(starts(calendar, "2027-03-02", "2027-03-03").empty());
    EXPECT_EQ(check(calendar, utc(2027, 3, 2, 2)), TimeCheck::OutsideHours);
    const LocalTimeCheck hidden = check_local_time(calendar, {2027, 3, 2, 13, 0, 0}, 60min, "", now);
    EXPECT_EQ(hidden.check, TimeCheck::OutsideHours);
    EXPECT_EQ(hidden.zone, "Australia/Sydney");
    EXPECT_EQ(hidden.city, "");
    calendar.with_hidden_tours = true;
    EXPECT_EQ(starts(calendar, "2027-03-02", "2027-03-03").size(), 8U);
}

TEST(FreeTimes, HasNoneOfAServiceThatTheTourDoesNotOffer) {
    Calendar calendar = sydney();
    calendar.tours = {perth()};
    calendar.tours[0].incall = false;
    calendar.availability->places["massage"] = {ServicePlace::Incall};
    EXPECT_TRUE(free_times(calendar, date("2027-03-02"), date("2027-03-03"), 60min, "massage", now).empty());
    EXPECT_EQ(free_times(calendar, date("2027-03-02"), date("2027-03-03"), 60min, "dinner", now).size(), 8U);
}

TEST(FreeTimes, NamesThePlacesOfWhereSheIsThen) {
    Calendar calendar = sydney();
    calendar.availability->default_places = {ServicePlace::Outcall};
    calendar.tours = {perth()};
    calendar.tours[0].incall = true;
    calendar.tours[0].outcall = false;
    const LocalDateTime at_home{2027, 3, 1, 10, 0, 0}, on_tour{2027, 3, 2, 10, 0, 0};
    EXPECT_THAT(check_local_time(calendar, at_home, 60min, "", now).places,
                ElementsAre(ServicePlace::Outcall));
    EXPECT_THAT(check_local_time(calendar, on_tour, 60min, "", now).places,
                ElementsAre(ServicePlace::Incall));
    EXPECT_THAT(check_moment(calendar, utc(2027, 3, 2, 2), 60min, "", now).places,
                ElementsAre(ServicePlace::Incall));
}

TEST(FreeTimes, WithoutAvailabilityListsNoneAndTakesAllThatIsNotBusy) {
    Calendar calendar;
    calendar.busy = {{utc(2027, 3, 1, 1), utc(2027, 3, 1, 2), BusyReason::Block}};
    EXPECT_TRUE(starts(calendar, "2027-03-01", "2027-03-05").empty());
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 0, 7)), TimeCheck::Taken);
    EXPECT_EQ(check(calendar, utc(2027, 3, 1, 2)), TimeCheck::Free);
    EXPECT_EQ(check_local_time(calendar, {2027, 10, 3, 2, 30, 0}, 60min, "", now).check,
              TimeCheck::ClockSkipped);
}

TEST(FreeTimes, NamesTheNearestInOrder) {
    std::vector<std::string> texts;
    for (const FreeTime &time : nearest_free(sydney(), utc(2027, 3, 1, 1, 10), 60min, "", now, 3)) {
        texts.push_back(rfc3339(time.start, time.offset));
    }
    EXPECT_THAT(texts, ElementsAre("2027-03-01T11:00:00+11:00", "2027-03-01T12:00:00+11:00",
                                   "2027-03-01T13:00:00+11:00"));
    Calendar closed = sydney();
    closed.availability->weekly.fill({});
    EXPECT_TRUE(nearest_free(closed, utc(2027, 3, 1), 60min, "", now, 3).empty());
}

TEST(FreeTimes, JoinsThemToWhatIsFree) {
    Calendar calendar = sydney(); // 23:00 to 03:00 in UTC, a buffer of half an hour
    calendar.busy = {{utc(2027, 3, 1, 0), utc(2027, 3, 1, 0, 15), BusyReason::Block}};
    const auto spans = free_spans(calendar, date("2027-03-01"), date("2027-03-02"), 60min, now);
    EXPECT_THAT(spans, ElementsAre(FreeSpan{utc(2027, 3, 1, 1), utc(2027, 3, 1, 3)},
                                   FreeSpan{utc(2027, 3, 1, 23), utc(2027, 3, 2, 3)}))
        << "from 10:00 it would need the buffer, and 11:00 is taken";
    calendar.availability.reset();
    EXPECT_TRUE(free_spans(calendar, date("2027-03-01"), date("2027-03-02"), 60min, now).empty());
}

TEST(FreeTimes, HasASentenceForEachAnswer) {
    std::set<std::string_view> sentences;
    for (const TimeCheck answer :
         {TimeCheck::Free, TimeCheck::Taken, TimeCheck::OutsideHours, TimeCheck::NoFixedStart,
          TimeCheck::TooSoon, TimeCheck::TooFar, TimeCheck::ClockSkipped}) {
        sentences.insert(explain(answer));
    }
    EXPECT_EQ(sentences.size(), 7U);
}

TEST(FreeTimes, OfTwoMonthsWithTwoThousandBusySpansComeQuickly) {
    Calendar calendar = sydney();
    calendar.availability->weekly.fill({{0, 1440}});
    calendar.availability->start_step_minutes = 15;
    calendar.availability->buffer_minutes = 0;
    calendar.availability->max_days_ahead = 365;
    for (int number = 0; number < 2'000; ++number) {
        const Time start = utc(2027, 3, 20) + 43min * number;
        calendar.busy.push_back({start, start + 10min, BusyReason::Imported});
    }
    std::size_t found = 0;
    auto quickest = std::chrono::steady_clock::duration::max();
    for (int run = 0; run < 20; ++run) {
        const auto begin = std::chrono::steady_clock::now();
        found = free_times(calendar, date("2027-03-20"), date("2027-08-01"), 15min, "", now).size();
        quickest = std::min(quickest, std::chrono::steady_clock::now() - begin);
    }
    EXPECT_GT(found, 1'000U);
    EXPECT_LT(found, 62U * 96U);
    const auto taken = std::chrono::duration<double, std::milli>(quickest).count();
    RecordProperty("milliseconds", std::to_string(taken));
    EXPECT_LT(taken, 5.0);
}
