// SPDX-License-Identifier: Apache-2.0
// When a companion can be booked: settings, tours, blocked time, and calendars that are read and given.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using models::Json;
using testing::HasSubstr;

class Availability : public BookingFixture {
protected:
    AvailabilityStore store{companion};
    Json tour(const std::string &city, const std::string &first, const std::string &last) const {
        return {{"city", city}, {"timezone", "Australia/Perth"}, {"firstDay", first}, {"lastDay", last}};
    }
    std::string feed(const models::TenantId &tenant, const std::string &secret) {
        return service.value("SELECT coalesce(public_calendar_feed('" + tenant.text() + "', sha256('" +
                             secret + "'))::text, 'nothing')");
    }
    Json calendar() { return store.calendar(ada, in_hours(0), in_hours(1000)); }
};

TEST_F(Availability, OfTwoWhoSaveAtOnceTheSecondIsTold) {
    AvailabilityStore other(staff);
    EXPECT_EQ(store.settings(ada).version, 0);
    EXPECT_TRUE(store.settings(ada).availability.is_null());
    EXPECT_TRUE(store.save(ada, {{{"bufferMinutes", 15}}, Json::object(), 0}));
    EXPECT_FALSE(other.save(ada, {nullptr, Json::object(), 0})) << "she was first";
    const BookingSettings seen = other.settings(ada);
    EXPECT_EQ(seen.version, 1);
    EXPECT_TRUE(store.save(ada, {{{"bufferMinutes", 20}}, {{"answerHours", 3}}, 1}));
    EXPECT_FALSE(other.save(ada, seen));
    EXPECT_EQ(other.settings(ada).availability, Json({{"bufferMinutes", 20}}));
    EXPECT_EQ(other.settings(ada).rules, Json({{"answerHours", 3}}));
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.save(bea, {nullptr, Json::object(), 0}), testing::_);
    EXPECT_EQ(AvailabilityStore(other_companion).settings(ada).version, 0) << "another's are not shown";
}

// The jobs of all companions read these.
TEST_F(Availability, NoSettingOfOneCompanionCanStopTheJobsOfAll) {
    Sql hers(database.companion_url());
    const auto saved = [&](const std::string &availability, const std::string &rules) {
        return hers
            .tried("SELECT booking_settings_save('" + ada.text() + "', 0, '" + availability + "', '" + rules +
                   "')")
            .sqlstate;
    };
    for (const std::string rules :
         {R"({"reminderHours": "x"})", R"({"reminderHours": 99999999999})", R"({"answerHours": 0})",
          R"({"answerHours": [1]})", R"({"clientAnswerHours": 1.5})", R"({"depositReminderHours": -1})",
          R"({"deposit": {"dueHours": true}})", R"({"deposit": {"amountMinor": 1e300}})",
          R"({"deposit": {"percent": 101}})", R"({"deposit": {"howToPay": 12}})", R"({"agendaAt": "29:00"})",
          R"({"agendaAt": {"a": 1}})"}) {
        EXPECT_EQ(saved("{}", rules), "22023") << rules;
    }
    for (const std::string availability :
         {R"({"bufferMinutes": 1441})", R"({"bufferMinutes": "5"})",
          R"({"holdHours": null, "bufferMinutes": -1})", R"({"holdHours": 1e9})"}) {
        EXPECT_EQ(saved(availability, "{}"), "22023") << availability;
    }
    EXPECT_EQ(saved("[]", "{}"), "23514");
    EXPECT_EQ(saved("{}", "[]"), "23514");
    EXPECT_EQ(saved("{}", R"({"reminderHours": 0, "agendaAt": "", "deposit": null})"), "");
    EXPECT_EQ(saved(R"({"bufferMinutes": 1440, "holdHours": 0})",
                    R"({"agendaAt": "23:59", "deposit": {"kind": "share", "percent": 100}})"),
              "");
}

// JSON knows one kind of number, and the database keeps it as it was written.
TEST_F(Availability, AWholeNumberCanBeWrittenWithAPoint) {
    Sql hers(database.companion_url());
    ASSERT_EQ(
        hers.done("SELECT booking_settings_save('" + ada.text() +
                  "', 0, '{\"bufferMinutes\": 30.0, \"holdHours\": 24.0}', '{\"answerHours\": 5.0, "
                  "\"clientAnswerHours\": 6.0, \"reminderHours\": 24.0, \"depositReminderHours\": 12.0, "
                  "\"deposit\": {\"kind\": \"amount\", \"amountMinor\": 900.0, \"dueHours\": 40.0}}')")
            .message,
        "");
    const std::string id = ask(in_hours(100));
    EXPECT_EQ(decide(staff, id, Action::Ask).outcome, Outcome::Done);
    EXPECT_EQ(decide(staff, id, Action::Propose).outcome, Outcome::Done);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).buffer_minutes, 30);
    EXPECT_EQ(booking(id).deposit.minor, 900);
    EXPECT_EQ(run_due(in_hours(35)), 1) << "the jobs of all go on";
    ASSERT_EQ(decide(staff, id, Action::Cancel).outcome, Outcome::Done);
    EXPECT_EQ(decide(staff, id, Action::Reopen).outcome, Outcome::Done);
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.source = "phone";
    EXPECT_NO_THROW(BookingClientStore(staff).enter(by_phone));
}

TEST_F(Availability, BlockedTimeIsBusyUntilItIsRemoved) {
    const std::string id = store.add_block(ada, in_hours(10), in_hours(12), "dentist");
    EXPECT_EQ(calendar().at("busy"), Json::array({Json::array({us(in_hours(10)), us(in_hours(12))})}));
    ASSERT_EQ(store.blocks(ada, in_hours(0), in_hours(100)).size(), 1U);
    EXPECT_EQ(store.blocks(ada, in_hours(0), in_hours(100))[0].note, "dentist");
    EXPECT_TRUE(store.blocks(ada, in_hours(12), in_hours(100)).empty());
    EXPECT_TRUE(AvailabilityStore(other_companion).blocks(ada, in_hours(0), in_hours(100)).empty());
    EXPECT_DB_ERROR(ErrorKind::NotFound, AvailabilityStore(other_companion).remove_block(ada, id),
                    testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.add_block(bea, in_hours(10), in_hours(12), ""), testing::_);
    EXPECT_THROW(store.add_block(ada, in_hours(12), in_hours(10), ""), Error);
    store.remove_block(ada, id);
    EXPECT_TRUE(calendar().at("busy").empty());
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.remove_block(ada, id), testing::_);
}

TEST_F(Availability, TheCalendarDoesNotTellBookingsFromBlockedTime) {
    set_rules({{"bufferMinutes", 30}, {"holdHours", 5}}, Json::object());
    const std::string agreed = ask(in_hours(100));
    ASSERT_EQ(accept(agreed).outcome, Outcome::Done);
    ask(in_hours(110));
    store.add_block(ada, in_hours(120), in_hours(121), "dentist");
    const Json pair = Json::array({us(in_hours(100)), us(in_hours(101) + std::chrono::minutes(30))});
    const Json shown = calendar();
    ASSERT_EQ(shown.at("busy").size(), 3U);
    EXPECT_EQ(shown.at("busy")[0], pair) << "with its buffer";
    EXPECT_EQ(shown.at("availability").at("bufferMinutes"), 30);
    const std::string range = std::to_string(us(in_hours(0))) + ", " + std::to_string(us(in_hours(1000)));
    EXPECT_EQ(Json::parse(service.value("SELECT public_calendar('" + ada.text() + "', " + range + ")")),
              shown);
    EXPECT_EQ(shown.dump().find("dentist"), std::string::npos);
    run("UPDATE bookings SET held_until = now() - interval '1 second' WHERE held_until IS NOT NULL");
    EXPECT_EQ(calendar().at("busy").size(), 2U) << "a hold that is over";
    run("UPDATE tenants SET status = 'inactive' WHERE id = '" + ada.text() + "'");
    EXPECT_EQ(service.value("SELECT public_calendar('" + ada.text() + "', " + range + ") IS NULL"), "t");
    EXPECT_DB_ERROR(ErrorKind::NotFound,
                    AvailabilityStore(other_companion).calendar(ada, in_hours(0), in_hours(1)), testing::_);
}

TEST_F(Availability, AToursDaysAreHersAloneAndItsZoneExists) {
    const std::string id = store.add_tour(ada, tour("Perth", "2031-03-01", "2031-03-05"));
    EXPECT_THROW(store.add_tour(ada, tour("Darwin", "2031-03-05", "2031-03-06")), Error);
    EXPECT_NO_THROW(store.add_tour(ada, tour("Darwin", "2031-03-06", "2031-03-06")));
    EXPECT_NO_THROW(AvailabilityStore(staff).add_tour(bea, tour("Perth", "2031-03-01", "2031-03-05")));
    Json wrong = tour("Mars", "2031-05-01", "2031-05-02");
    wrong["timezone"] = "Mars/Olympus";
    EXPECT_THROW(store.add_tour(ada, wrong), Error);
    wrong = tour("Perth", "2031-05-02", "2031-05-01");
    EXPECT_THROW(store.add_tour(ada, wrong), Error);
    wrong = tour("Perth", "2031-05-01", "2031-05-02");
    wrong["visibility"] = "later";
    EXPECT_THROW(store.add_tour(ada, wrong), Error) << "later than when";
    ASSERT_EQ(store.tours(ada).size(), 2U);
    EXPECT_EQ(store.tours(ada)[0].at("firstDay"), "2031-03-01");
    EXPECT_EQ(store.calendar(ada, in_hours(0), in_hours(10)).at("tours").size(), 2U);
    EXPECT_DB_ERROR(ErrorKind::NotFound, AvailabilityStore(other_companion).remove_tour(ada, id), testing::_);
    store.remove_tour(ada, id);
    EXPECT_EQ(store.tours(ada).size(), 1U);
}

TEST_F(Availability, WhatIsShownOfATourCanBeChanged) {
    const std::string id = store.add_tour(ada, tour("Perth", "2031-03-01", "2031-03-05"));
    EXPECT_EQ(store.tours(ada)[0].at("visibility"), "now");
    store.set_tour_shown(ada, id, "later", "2031-02-01");
    EXPECT_EQ(store.tours(ada)[0].at("visibility"), "later");
    EXPECT_EQ(store.calendar(ada, in_hours(0), in_hours(1)).at("tours")[0].at("visibleFrom"), "2031-02-01");
    store.set_tour_shown(ada, id, "month", std::nullopt);
    EXPECT_TRUE(store.tours(ada)[0].at("visibleFrom").is_null());
    EXPECT_THROW(store.set_tour_shown(ada, id, "later", std::nullopt), Error) << "later than when";
    EXPECT_THROW(store.set_tour_shown(ada, id, "never", std::nullopt), Error);
    EXPECT_DB_ERROR(ErrorKind::NotFound,
                    AvailabilityStore(other_companion).set_tour_shown(ada, id, "now", {}), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, AvailabilityStore(staff).set_tour_shown(bea, id, "now", {}),
                    testing::_);
}

TEST_F(Availability, ATourKeepsWhatIsOfferedThere) {
    Json there = tour("Perth", "2031-03-01", "2031-03-05");
    there["incall"] = true;
    there["outcall"] = false;
    store.add_tour(ada, there);
    store.add_tour(ada, tour("Darwin", "2031-04-01", "2031-04-05"));
    const Json tours = store.tours(ada);
    EXPECT_EQ(tours[0].at("incall"), true);
    EXPECT_EQ(tours[0].at("outcall"), false);
    EXPECT_TRUE(tours[1].at("incall").is_null());
    const models::Calendar calendar = store.hours_and_tours(ada);
    EXPECT_EQ(calendar.tours.at(0).outcall, std::optional(false));
    EXPECT_EQ(calendar.tours.at(1).outcall, std::nullopt);
    EXPECT_EQ(service.value("SELECT tours->0->>'incall' FROM public_tenants WHERE id = '" + ada.text() + "'"),
              "true");
}

TEST_F(Availability, OnlyWhatIsHersIsRemovedForACompanion) {
    const std::string block = store.add_block(ada, in_hours(10), in_hours(12), "");
    const std::string stay = store.add_tour(ada, tour("Perth", "2031-03-01", "2031-03-05"));
    store.add_feed(ada, "busy");
    AvailabilityStore all(staff);
    EXPECT_DB_ERROR(ErrorKind::NotFound, all.remove_block(bea, block), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, all.remove_tour(bea, stay), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, all.revoke_feed(bea, store.feeds(ada)[0].id), testing::_);
    EXPECT_EQ(store.blocks(ada, in_hours(0), in_hours(100)).size(), 1U);
    EXPECT_EQ(store.tours(ada).size(), 1U);
    EXPECT_EQ(store.feeds(ada).size(), 1U);
}

TEST_F(Availability, BlockedTimeOfAllCompanionsIsShownToWhoeverSeesThem) {
    store.add_block(ada, in_hours(10), in_hours(12), "dentist");
    AvailabilityStore all(staff);
    all.add_block(bea, in_hours(11), in_hours(13), "");
    const auto blocks = all.blocks(std::nullopt, in_hours(0), in_hours(100));
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].tenant_id, ada);
    EXPECT_EQ(blocks[1].tenant_id, bea);
    EXPECT_NE(blocks[1].tenant_name, "");
    EXPECT_EQ(all.blocks(std::nullopt, in_hours(0), in_hours(100), 1).size(), 1U);
    EXPECT_EQ(store.blocks(std::nullopt, in_hours(0), in_hours(100)).size(), 1U) << "her own";
    all.add_block(bea, in_hours(-24 * 300), in_hours(24 * 60), "long");
    EXPECT_EQ(all.blocks(std::nullopt, in_hours(24 * 30), in_hours(24 * 31)).size(), 1U);
}

TEST_F(Availability, AFeedOpensWithItsSecretUntilItIsRevoked) {
    const std::string agreed = ask(in_hours(100));
    ASSERT_EQ(accept(agreed).outcome, Outcome::Done);
    ask(in_hours(200));
    store.add_block(ada, in_hours(300), in_hours(301), "dentist");
    const std::string secret = store.add_feed(ada, "neutral");
    EXPECT_GE(secret.size(), 32U);
    const Json opened = Json::parse(feed(ada, secret));
    EXPECT_EQ(opened.at("titles"), "neutral");
    ASSERT_EQ(opened.at("busy").size(), 2U) << "what is agreed, and blocked time";
    EXPECT_EQ(opened.dump().find("Client"), std::string::npos);
    EXPECT_EQ(opened.dump().find("dentist"), std::string::npos);
    EXPECT_EQ(feed(bea, secret), "nothing");
    EXPECT_EQ(feed(ada, secret + "x"), "nothing");
    ASSERT_EQ(store.feeds(ada).size(), 1U);
    EXPECT_TRUE(Sql(database.companion_url()).tried("SELECT token_hash FROM calendar_feeds").denied());
    EXPECT_TRUE(Sql(database.companion_url())
                    .tried("SELECT public_calendar_feed('" + ada.text() + "', '')")
                    .denied());
    EXPECT_DB_ERROR(ErrorKind::NotFound,
                    AvailabilityStore(other_companion).revoke_feed(ada, store.feeds(ada)[0].id), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.add_feed(bea, "busy"), testing::_);
    store.revoke_feed(ada, store.feeds(ada)[0].id);
    EXPECT_EQ(feed(ada, secret), "nothing");
    EXPECT_TRUE(store.feeds(ada).empty());
}

TEST_F(Availability, ThereAreLimits) {
    for (int at = 0; at < 20; ++at) {
        store.add_feed(ada, "busy");
    }
    EXPECT_THROW(store.add_feed(ada, "busy"), Error);
    run("INSERT INTO time_blocks (tenant_id, starts_at, ends_at) SELECT '" + ada.text() +
        "', now() - interval '2 hours', now() - interval '1 hour' FROM generate_series(1, 5000)");
    EXPECT_THROW(store.add_block(ada, in_hours(1), in_hours(2), ""), Error);
    run("INSERT INTO tours (tenant_id, city, time_zone, first_day, last_day) SELECT '" + ada.text() +
        "', 'Perth', 'UTC', date '2031-01-01' + i, date '2031-01-01' + i FROM generate_series(1, 200) i");
    EXPECT_THROW(store.add_tour(ada, tour("Perth", "2040-01-01", "2040-01-02")), Error);
}

TEST_F(Availability, WhatStandsOnThePagesChangesTheirVersionAndIsInTheLog) {
    const std::string version = "SELECT version FROM tenant_versions WHERE tenant_id = '" + ada.text() + "'";
    const int before = std::stoi(owner.value(version));
    ASSERT_TRUE(store.save(ada, {Json::object(), Json::object(), 0}));
    store.add_tour(ada, tour("Perth", "2031-03-01", "2031-03-05"));
    EXPECT_GE(std::stoi(owner.value(version)), before + 2);
    EXPECT_EQ(
        owner.value(
            "SELECT string_agg(DISTINCT table_name, ' ' ORDER BY table_name) FROM audit_log WHERE login = '" +
            database.login("ada") + "'"),
        "booking_settings tours");
}

} // namespace

} // namespace studio::db
