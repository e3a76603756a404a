// SPDX-License-Identifier: Apache-2.0
#include "../issues.h"
#include "models/booking/availability.h"
#include "models/booking/tour.h"
#include "models/booking/validate_availability.h"
#include "models/values/timezone.h"
#include "moments.h"

#include <gtest/gtest.h>

using namespace studio::models;

namespace {

const Json sound = Json::parse(R"({
    "weekly":{"monday":[{"from":"10:00","to":"18:00","label":"day"}],"friday":[{"from":"18:00","to":"02:00"}],
              "sunday":[{"from":"00:00","to":"24:00"}]},
    "exceptions":[{"date":"2027-03-01","hours":[{"from":"12:00","to":"14:00"}],"note":"dentist","colour":"red"},
                  {"date":"2027-03-02","hours":[]}],
    "bufferMinutes":30,"noticeMinutes":180,"maxDaysAhead":60,"startStepMinutes":15,"holdHours":12,
    "places":{"dinner":["incall","outcall"]},"defaultPlaces":["incall"],"later":{"x":1}})");

const Json sound_tour = Json::parse(R"({"id":"t1","city":"Melbourne","timezone":"Australia/Melbourne",
    "firstDay":"2027-04-01","lastDay":"2027-04-05","visibility":"later","visibleFrom":"2027-03-15",
    "weekly":{"thursday":[{"from":"18:00","to":"02:00"}]},"incall":false,"hotel":"x"})");

} // namespace

TEST(Availability, IsRead) {
    EXPECT_TRUE(validate_availability(sound).empty()) << listed(validate_availability(sound));
    const Availability availability = read_availability(sound);
    EXPECT_EQ(availability.weekly[0], (HourSpans{{600, 1080}}));
    EXPECT_EQ(availability.weekly[4], (HourSpans{{1080, 1560}}));
    EXPECT_EQ(availability.weekly[6], (HourSpans{{0, 1440}}));
    ASSERT_EQ(availability.exceptions.size(), 2U);
    EXPECT_EQ(availability.exceptions[0], (HoursException{date("2027-03-01"), {{720, 840}}, "dentist"}));
    EXPECT_TRUE(availability.exceptions[1].hours.empty());
    EXPECT_EQ(availability.buffer_minutes, 30);
    EXPECT_EQ(availability.notice_minutes, 180);
    EXPECT_EQ(availability.max_days_ahead, 60);
    EXPECT_EQ(availability.start_step_minutes, 15);
    EXPECT_EQ(availability.places.at("dinner"), (ServicePlaces{ServicePlace::Incall, ServicePlace::Outcall}));
    EXPECT_EQ(hold_end(availability, utc(2027, 1, 1)), utc(2027, 1, 1, 12));
    EXPECT_EQ(read_availability(Json::object()).hold_hours, 24);
}

TEST(Availability, IsWrittenBackWithWhatIsNotKnown) {
    EXPECT_EQ(write_availability(read_availability(sound), sound), sound);
    Availability changed = read_availability(sound);
    changed.weekly[0][0].to = 19 * 60;
    changed.exceptions.erase(changed.exceptions.begin() + 1);
    changed.exceptions[0].hours.clear();
    changed.hold_hours = 0;
    const Json written = write_availability(changed, sound);
    EXPECT_EQ(read_availability(written), changed);
    EXPECT_EQ(written["weekly"]["monday"][0]["label"], "day");
    EXPECT_EQ(written["exceptions"][0]["colour"], "red");
    EXPECT_EQ(written["later"]["x"], 1);
    EXPECT_FALSE(hold_end(changed, utc(2027, 1, 1)));
    const Json fresh = write_availability(changed, Json());
    EXPECT_EQ(read_availability(fresh), changed);
    EXPECT_TRUE(validate_availability(fresh).empty());
}

TEST(Availability, IsRefusedWithTheFieldAndWhatWouldBeRight) {
    const Fault faults[] = {
        {"/weekly", "always", "/weekly", "must be an object"},
        {"/weekly/monday", Json::object(), "/weekly/monday", "must be a list"},
        {"/weekly/monday/0/from", "9:00", "/weekly/monday/0/from", "such as 18:30"},
        {"/weekly/monday/0/to", "10:00", "/weekly/monday/0/to", "must differ"},
        {"/weekly/monday/0/from", "24:00", "/weekly/monday/0/from", "before 24:00"},
        {"/weekly/monday", Json::parse(R"([{"from":"10:00","to":"12:00"},{"from":"11:00","to":"13:00"}])"),
         "/weekly/monday", "overlap"},
        {"/weekly/monday/0", nullptr, "/weekly/monday/0", "must be an object"},
        {"/exceptions/0/date", "2027-02-30", "/exceptions/0/date", "such as 2027-03-01"},
        {"/exceptions/1/date", "2027-03-01", "/exceptions/1/date", "two exceptions"},
        {"/bufferMinutes", -1, "/bufferMinutes", "from 0 to 1440"},
        {"/noticeMinutes", 1.5, "/noticeMinutes", "whole number"},
        {"/maxDaysAhead", 0, "/maxDaysAhead", "from 1"},
        {"/startStepMinutes", 20, "/startStepMinutes", "15, 30 or 60"},
        {"/holdHours", "12", "/holdHours", "whole number"},
        {"/places/dinner/0", "hotel", "/places/dinner/0", "incall, outcall, travel"},
        {"/places/dinner/1", "incall", "/places/dinner/1", "twice"},
        {"/defaultPlaces", Json::array(), "/defaultPlaces", "at least one"},
    };
    for (const Fault &fault : faults) {
        const ValidationIssues issues = validate_availability(with(sound, fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
        EXPECT_EQ(issues.size(), 1U) << listed(issues);
    }
}

TEST(Tour, IsReadAndWritten) {
    EXPECT_TRUE(validate_tour(sound_tour).empty()) << listed(validate_tour(sound_tour));
    const Tour tour = read_tour(sound_tour);
    EXPECT_EQ(tour.timezone, "Australia/Melbourne");
    EXPECT_EQ(tour.first_day, date("2027-04-01"));
    EXPECT_EQ(tour.visibility, TourVisibility::Later);
    EXPECT_EQ(tour.incall, false);
    EXPECT_FALSE(tour.outcall);
    EXPECT_EQ(tour.weekly->at(3), (HourSpans{{1080, 1560}}));
    EXPECT_EQ(write_tour(tour, sound_tour), sound_tour);
    Tour changed = tour;
    changed.weekly.reset();
    changed.incall.reset();
    changed.visible_from.reset();
    changed.visibility = TourVisibility::Month;
    changed.last_day = date("2027-04-07");
    const Json written = write_tour(changed, sound_tour);
    EXPECT_EQ(read_tour(written), changed);
    EXPECT_EQ(written["hotel"], "x");
    EXPECT_EQ(read_tour(write_tour(tour, Json())), tour);
}

TEST(Tour, HasTheProductsZoneWhereItsOwnIsUnknown) {
    for (const Json &zone : {Json("Atlantis/Harbour"), Json("")}) {
        EXPECT_EQ(read_tour(with(sound_tour, "/timezone", zone)).timezone, default_timezone);
    }
}

TEST(Tour, IsRefusedWithTheFieldAndWhatWouldBeRight) {
    const Fault faults[] = {
        {"/city", "", "/city", "is missing"},
        {"/timezone", "Melbourne", "/timezone", "Australia/Melbourne"},
        {"/firstDay", 3, "/firstDay", "such as 2027-03-01"},
        {"/lastDay", "2027-03-31", "/lastDay", "2027-04-01 or later"},
        {"/lastDay", "2029-03-31", "/lastDay", "at most 366 days"},
        {"/visibility", "secret", "/visibility", "now, later, month"},
        {"/visibleFrom", nullptr, "/visibleFrom", "such as 2027-03-01"},
        {"/incall", "yes", "/incall", "true or false"},
    };
    for (const Fault &fault : faults) {
        const ValidationIssues issues = validate_tour(with(sound_tour, fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
        EXPECT_EQ(issues.size(), 1U) << listed(issues);
    }
}

TEST(Tour, ShowsItsDaysOnlyWhenItMay) {
    Tour tour = read_tour(sound_tour);
    EXPECT_FALSE(shows_days(tour, date("2027-03-14")));
    EXPECT_FALSE(shows_month(tour, date("2027-03-14")));
    EXPECT_TRUE(shows_days(tour, date("2027-03-15")));
    tour.visibility = TourVisibility::Month;
    EXPECT_FALSE(shows_days(tour, date("2027-04-02")));
    EXPECT_TRUE(shows_month(tour, date("2027-01-01")));
    Tour other = tour;
    other.id = "t2";
    other.first_day = other.last_day = date("2027-04-05");
    EXPECT_EQ(overlapping_tour({tour}, other)->id, "t1");
    EXPECT_EQ(overlapping_tour({tour}, tour), nullptr);
    other.first_day = other.last_day = date("2027-04-06");
    EXPECT_EQ(overlapping_tour({tour}, other), nullptr);
}

TEST(Tour, DecidesWhereAServiceIsOffered) {
    const Availability availability = read_availability(sound);
    Tour tour = read_tour(sound_tour);
    EXPECT_EQ(places_of_service(availability, "dinner", nullptr).size(), 2U);
    EXPECT_EQ(places_of_service(availability, "dinner", &tour), ServicePlaces{ServicePlace::Outcall});
    EXPECT_TRUE(places_of_service(availability, "other", &tour).empty());
    tour.outcall = true;
    EXPECT_EQ(places_of_service(availability, "other", &tour), ServicePlaces{ServicePlace::Outcall});
}

TEST(Tour, AddsItsPlacesToThoseAtHomeWhileThePublicMaySeeIt) {
    Availability availability;
    availability.default_places = {ServicePlace::Outcall};
    Tour tour;
    tour.first_day = date("2027-04-01");
    tour.last_day = date("2027-04-05");
    tour.incall = true;
    const auto places = [&](const char *today) {
        return places_of_service(availability, "dinner", std::vector{tour}, date(today)).size();
    };
    EXPECT_EQ(places("2027-04-05"), 2U);
    EXPECT_EQ(places("2027-04-06"), 1U) << "it is over";
    tour.visibility = TourVisibility::Later;
    tour.visible_from = date("2027-03-10");
    EXPECT_EQ(places("2027-03-09"), 1U);
    EXPECT_EQ(places("2027-03-10"), 2U);
    tour.visibility = TourVisibility::Month;
    EXPECT_EQ(places("2027-03-10"), 1U);
}
