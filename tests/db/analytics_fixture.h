// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/analytics_store.h"
#include "db/analytics/analytics_upkeep.h"
#include "tests/db/sql.h"
#include "tests/db/tracking_rows.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace studio::db {

// Two active tenants in UTC, visits on fixed days of last month, and the stores that read them.
class Analytics : public testing::Test {
protected:
    Analytics();

    using Days = std::chrono::sys_days;
    // The moment on the first day that the tests use, plus days and seconds; UTC.
    static std::int64_t at(int day, int second = 0);
    static Days day(int number);
    static DateRange days(int from, int to) { return {day(from), day(to)}; }

    struct Visit {
        std::string tenant_id{};
        int day = 0, second = 0;
        std::string visitor_id{}; // "" without consent
        std::string source = "instagram", device = "mobile", country = "AU", campaign{}, browser = "Firefox";
    };
    // Recorded as the renderer does, with these events ten seconds apart ("page_view /book" names the page).
    TrackedSession record(const Visit &visit, const std::vector<std::string> &events);
    std::string next_id();
    // A booking of the visit, an hour after it began; gives its id.
    std::string book(const TrackedSession &visit, const std::string &service = {});
    // Brings facts and sums up to date.
    void refresh();
    // Only the facts: changed days stay dirty, so that questions read them from the visits.
    void refresh_facts();
    // The test of ada's with two arms that is running; made by the first call.
    std::string running_test();
    void show(const TrackedSession &visit, const std::string &variant, int second = 0);
    // "" where every sum is what the facts make and every fact what the raw rows make; else where they part.
    std::string difference();

    const test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
    const std::string ada = database.tenant_id(), bea = database.other_tenant_id();
    Session people{database.operator_url()}, renderer{database.renderer_url()};
    AnalyticsStore store{people};
    Sql owner{database.owner_url()};

private:
    unsigned m_last_id = 0;
    std::string m_test;
};

} // namespace studio::db
