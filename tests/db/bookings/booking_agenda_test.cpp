// SPDX-License-Identifier: Apache-2.0
// The agenda of a day with bookings in two time zones, and with bookings that are erased before it is sent.
#include "base/time.h"
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

class BookingAgenda : public BookingFixture {
protected:
    BookingAgenda() {
        run("UPDATE tenant_settings_history SET zone = 'Australia/Sydney'");
        set_rules(nullptr, {{"agendaAt", "00:00"}});
    }
    // An agreed booking of an hour.
    std::string book(const std::string &start, const std::string &zone, const std::string &name) {
        return owner.value(
            "INSERT INTO bookings (tenant_id, client_name, client_email, status, holds, starts_at, "
            "ends_at, time_zone) VALUES ('" +
            ada.text() + "', '" + name + "', '" + name + "@example.com', 'confirmed', true, " + start + ", " +
            start + " + interval '1 hour', '" + zone + "') RETURNING id");
    }
    static std::string today_at(int hour) {
        return "(date_trunc('day', now() AT TIME ZONE 'Australia/Sydney') AT TIME ZONE 'Australia/Sydney' + "
               "interval '" +
               std::to_string(hour) + " hours')";
    }
    // Who is in the agenda of the day on which the moment lies.
    std::vector<std::string> names(const std::string &moment) {
        return owner.column("SELECT each ->> 'name' FROM json_array_elements(booking_agenda('" + ada.text() +
                            "', " + moment + ")) each");
    }
    std::string attached_to() {
        return owner.value(
            "SELECT coalesce(string_agg(b.client_name, ' '), '') FROM outbox o JOIN bookings b ON b.id "
            "= o.booking_id WHERE o.kind = 'companion_agenda'");
    }
    void erase(const std::string &name) {
        ASSERT_EQ(Sql(database.staff_url())
                      .done("SELECT FROM privacy_erase_email(NULL, '" + name + "@example.com')")
                      .message,
                  "");
    }
};

TEST_F(BookingAgenda, CountsEachBookingToTheDayOfWhereItTakesPlace) {
    book("timestamptz '2031-05-10 09:00+10'", "Australia/Sydney", "home");
    book("timestamptz '2031-05-10 20:00+02'", "Europe/Paris", "paris"); // in Sydney it is the 11th
    book("timestamptz '2031-05-11 01:00+02'", "Europe/Paris", "late");
    book("timestamptz '2031-05-10 18:00+10'", "Nowhere/Else", "unknown");
    EXPECT_THAT(names("timestamptz '2031-05-10 08:00+10'"), testing::ElementsAre("home", "unknown", "paris"));
    EXPECT_THAT(names("timestamptz '2031-05-11 08:00+10'"), testing::ElementsAre("late"));
    EXPECT_EQ(
        owner.value("SELECT booking_agenda('" + ada.text() + "', '2031-05-11 08:00+10') -> 0 ->> 'timeZone'"),
        "Europe/Paris");
}

TEST_F(BookingAgenda, OutlivesTheErasureOfTheBookingToWhichItIsAttached) {
    book(today_at(20), "Australia/Sydney", "first");
    book(today_at(21), "Australia/Sydney", "second");
    run_due(base::now());
    ASSERT_EQ(attached_to(), "first");
    const auto on_its_way = OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60);
    ASSERT_EQ(on_its_way.size(), 1U);
    erase("first");
    EXPECT_FALSE(OutboxStore(renderer).is_held(on_its_way[0])) << "it names whoever was erased";
    EXPECT_EQ(attached_to(), "second");
    const auto again = OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].payload.at("booking").at("agenda").size(), 1U);
    erase("second");
    EXPECT_EQ(attached_to(), "") << "nothing is left of the day";
}

TEST_F(BookingAgenda, OfADayWhoseBookingsWereAllCancelledIsNotSent) {
    const std::string id = book(today_at(20), "Australia/Sydney", "only");
    run_due(base::now());
    ASSERT_EQ(attached_to(), "only");
    BookingDecision cancel;
    cancel.action = Action::Cancel;
    cancel.mail = false;
    ASSERT_EQ(decide(staff, id, cancel).outcome, Outcome::Done);
    EXPECT_TRUE(OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60).empty());
    EXPECT_EQ(attached_to(), "");
}

} // namespace

} // namespace studio::db
