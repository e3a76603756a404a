// SPDX-License-Identifier: Apache-2.0
// Calendars of others: from files, and at addresses that the service reads.
#include "db/bookings/calendar_import_store.h"
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using models::Json;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char *address = "https://calendar.example.com/private-4711/basic.ics";

class CalendarImports : public BookingFixture {
protected:
    CalendarImportStore store{companion}, reader{renderer};
    AvailabilityStore availability{companion};

    std::size_t blocked() { return availability.blocks(ada, in_hours(0), in_hours(100)).size(); }
    std::string follow() { return store.follow(ada, "Work", address); }
    DueCalendar claimed() { return reader.claim(30min).value(); }
};

TEST_F(CalendarImports, AFileIsReplacedAsAWhole) {
    const std::string id = store.save(
        ada, std::nullopt, "Work", {{in_hours(1), in_hours(2)}, {in_hours(3), in_hours(4)}}, {{"events", 2}});
    ASSERT_EQ(blocked(), 2U);
    EXPECT_TRUE(availability.blocks(ada, in_hours(0), in_hours(9))[0].imported);
    EXPECT_EQ(availability.blocks(ada, in_hours(0), in_hours(9))[0].calendar, "Work");
    EXPECT_DB_ERROR(ErrorKind::NotFound,
                    availability.remove_block(ada, availability.blocks(ada, in_hours(0), in_hours(9))[0].id),
                    testing::_);
    EXPECT_THROW(store.save(ada, id, "Work", {{in_hours(5), in_hours(6)}, {in_hours(8), in_hours(7)}}),
                 Error);
    EXPECT_EQ(blocked(), 2U) << "all or nothing";
    EXPECT_EQ(store.save(ada, id, "Work", {{in_hours(5), in_hours(6)}}), id);
    ASSERT_EQ(blocked(), 1U);
    const CalendarImport listed = store.list(ada).at(0);
    EXPECT_EQ(listed.name, "Work");
    EXPECT_EQ(listed.host, "");
    EXPECT_EQ(listed.busy, 1U);
    EXPECT_TRUE(listed.read_at);
    EXPECT_DB_ERROR(ErrorKind::NotFound, CalendarImportStore(staff).save(bea, id, "Work", {}), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, CalendarImportStore(staff).remove(bea, id), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, CalendarImportStore(other_companion).remove(ada, id), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.refresh(ada, id), testing::_); // a file has no address
    EXPECT_FALSE(reader.claim(30min));
    store.remove(ada, id);
    EXPECT_EQ(blocked(), 0U);
}

TEST_F(CalendarImports, AnAddressIsReadByTheServiceOnceAtATime) {
    run("UPDATE tenant_settings_history SET zone = 'Australia/Sydney'");
    const std::string id = follow();
    EXPECT_FALSE(store.list(ada).at(0).read_at);
    const DueCalendar due = claimed();
    EXPECT_EQ(due.id, id);
    EXPECT_EQ(due.tenant_id, ada);
    EXPECT_EQ(due.url, address);
    EXPECT_EQ(due.zone, "Australia/Sydney");
    EXPECT_EQ(due.failures, 0);
    EXPECT_FALSE(reader.claim(30min)) << "nobody else gets it meanwhile";
    reader.was_read(id, {{in_hours(1), in_hours(2)}}, {{"events", 5}}, 30min);
    const CalendarImport listed = store.list(ada).at(0);
    EXPECT_EQ(listed.host, "calendar.example.com");
    EXPECT_EQ(listed.busy, 1U);
    EXPECT_EQ(listed.report.at("events"), 5);
    EXPECT_FALSE(reader.claim(30min)) << "not before half an hour is over";
    run("UPDATE calendar_imports SET next_read_at = now() - interval '1 second'");
    EXPECT_TRUE(reader.claim(30min));
}

TEST_F(CalendarImports, AFailedReadingKeepsTheBusyTimesAndSaysWhy) {
    const std::string id = follow();
    claimed();
    reader.was_read(id, {{in_hours(1), in_hours(2)}}, Json::object(), 0s);
    claimed();
    reader.was_not_read(id, "The calendar's server answered 500.", 5min);
    CalendarImport listed = store.list(ada).at(0);
    EXPECT_EQ(listed.problem, "The calendar's server answered 500.");
    EXPECT_EQ(listed.busy, 1U);
    EXPECT_TRUE(listed.read_at);
    EXPECT_GT(listed.tried_at, listed.read_at);
    EXPECT_EQ(blocked(), 1U);
    run("UPDATE calendar_imports SET next_read_at = now() - interval '1 second'");
    EXPECT_EQ(claimed().failures, 1);
    reader.was_read(id, {}, Json::object(), 30min);
    listed = store.list(ada).at(0);
    EXPECT_EQ(listed.problem, "");
    EXPECT_EQ(blocked(), 0U);
}

TEST_F(CalendarImports, AReadingThatGivesTheSameLeavesTheRowsAlone) {
    const std::string id = follow();
    const std::vector<BusyTime> busy{{in_hours(1), in_hours(2)}, {in_hours(5), in_hours(6)}};
    reader.was_read(id, busy, Json::object(), 30min);
    const auto first = availability.blocks(ada, in_hours(0), in_hours(9));
    reader.was_read(id, busy, Json::object(), 30min);
    const auto second = availability.blocks(ada, in_hours(0), in_hours(9));
    ASSERT_EQ(second.size(), 2U);
    EXPECT_EQ(second[0].id, first[0].id);
    reader.was_read(id, {busy[0]}, Json::object(), 30min);
    EXPECT_EQ(blocked(), 1U);
}

TEST_F(CalendarImports, ARefreshIsDoneOnceAMinuteAtMost) {
    const std::string id = follow();
    claimed();
    reader.was_read(id, {}, Json::object(), 30min);
    store.refresh(ada, id, {{"Work Time", "Australia/Perth"}});
    EXPECT_FALSE(reader.claim(30min)) << "it was read a moment ago";
    run("UPDATE calendar_imports SET tried_at = now() - interval '2 minutes'");
    store.refresh(ada, id);
    const DueCalendar due = claimed();
    EXPECT_EQ(due.zones, Json({{"Work Time", "Australia/Perth"}})) << "kept by a refresh that names none";
    EXPECT_DB_ERROR(ErrorKind::NotFound, CalendarImportStore(staff).refresh(bea, id), testing::_);
}

TEST_F(CalendarImports, OfAnAddressPeopleSeeTheHostAlone) {
    follow();
    for (const std::string &url : {database.companion_url(), database.staff_url(), database.operator_url()}) {
        EXPECT_TRUE(Sql(url).tried("SELECT url FROM calendar_imports").denied());
        EXPECT_EQ(Sql(url).value("SELECT host FROM calendar_imports"), "calendar.example.com");
        EXPECT_TRUE(Sql(url).tried("SELECT calendar_import_claim(1)").denied());
        EXPECT_TRUE(
            Sql(url).tried("SELECT calendar_import_read(gen_random_uuid(), '{}', '{}', '{}', 1)").denied());
    }
    EXPECT_TRUE(service.tried("SELECT url FROM calendar_imports").denied());
    EXPECT_TRUE(CalendarImportStore(other_companion).list(ada).empty());
    EXPECT_THAT(
        owner.value(
            "SELECT string_agg(changes::text, ' ') FROM audit_log WHERE table_name = 'calendar_imports'"),
        testing::Not(HasSubstr("4711")));
}

TEST_F(CalendarImports, AnAddressIsAWebAddressWithoutAPassword) {
    for (const char *wrong : {"file:///etc/passwd", "ftp://example.com/x", "https://",
                              "https://mara:secret@example.com/", "https://example.com/a b"}) {
        EXPECT_THROW(store.follow(ada, "x", wrong), Error) << wrong;
    }
    EXPECT_DB_ERROR(ErrorKind::NotFound, store.follow(bea, "x", address), testing::_);
}

TEST_F(CalendarImports, ThereAreLimits) {
    for (int at = 0; at < 20; ++at) {
        store.save(ada, std::nullopt, "Calendar", {});
    }
    EXPECT_THROW(store.save(ada, std::nullopt, "Calendar", {}), Error);
    EXPECT_THROW(store.follow(ada, "Calendar", address), Error);
    const std::vector<BusyTime> many(5001, {in_hours(1), in_hours(2)});
    EXPECT_THROW(store.save(ada, store.list(ada)[0].id, "Calendar", many), Error);
}

TEST_F(CalendarImports, WhatWasRemovedMeanwhileIsNotFilledAgain) {
    const std::string id = follow();
    claimed();
    store.remove(ada, id);
    reader.was_read(id, {{in_hours(1), in_hours(2)}}, Json::object(), 30min);
    reader.was_not_read(id, "x", 30min);
    EXPECT_EQ(blocked(), 0U);
    EXPECT_TRUE(store.list(ada).empty());
}

} // namespace

} // namespace studio::db
