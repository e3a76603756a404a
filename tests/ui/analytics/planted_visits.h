// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/analytics_upkeep.h"
#include "db/stores/tracking_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <string>
#include <vector>

namespace studio::test_support {

// A visit that a test plants: its figures are known before anything is written.
struct PlantedVisit {
    int day = 0; // after first_day()
    int hour = 0;
    std::string source, device, country;
    int depth = 1;             // how many of the five steps it takes; 5 with a booking
    std::string shown_variant; // of the running test; "" for none
};

// Ada's site is live, in UTC; visits and their bookings lie in the month before this one, and the figures are
// up to date.
class PlantedVisits final {
public:
    PlantedVisits();

    void plant(const std::vector<PlantedVisit> &visits);
    // A pattern of visits with every source, device, country, depth and hour, over 24 days.
    static std::vector<PlantedVisit> pattern(int count);
    static std::chrono::sys_days first_day();

    // The id of a running layout experiment of ada's since first_day(), with the variants control and modern;
    // the first call creates it.
    std::string running_test();

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    db::Session people{database.operator_url()};

private:
    std::string next_id();
    void book(const db::TrackedSession &visit);

    db::Session m_renderer{database.renderer_url()};
    db::Sql m_owner{database.owner_url()};
    unsigned m_last_id = 0;
    std::string m_test;
};

} // namespace studio::test_support
