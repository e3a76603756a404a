// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "tests/traffic/generated_visits.h"

#include <functional>

namespace studio::db {

struct GeneratorPlan {
    int tenants = 3; // the first gets half of the events, the others equal shares of the rest
    int months = 12; // of 30 days, up to and with `until`
    std::int64_t events = 100'000;
    std::uint64_t seed = 1;
    std::chrono::sys_days until; // UTC
    // Creates the indexes after the rows; meanwhile no other session can read or write those tables. Always
    // done from half a million events on.
    bool in_bulk = false;
};

// Creates tenants with visits, experiments and bookings for demonstrations, tests and benches: rows as the
// public service writes them, and the figures computed from these, in one transaction. From half a million
// events on, no other session can read or write those tables meanwhile. Needs the schema's owner. Throws
// Error{Conflict} if this seed's tenants exist.
class TrafficGenerator final {
public:
    using Progress = std::function<void(std::int64_t events_written)>;
    explicit TrafficGenerator(Session &owner) : m_session(owner) {}
    std::vector<GeneratedTruth> run(const GeneratorPlan &plan, const Progress &progress = {});

private:
    Session &m_session;
};

} // namespace studio::db
