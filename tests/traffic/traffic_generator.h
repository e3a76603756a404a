// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "tests/traffic/generated_visits.h"

#include <functional>

namespace studio::db {

struct GeneratorPlan {
    int tenants = 3; // the first gets half of the events, the others the rest in equal parts
    int months = 12; // of 30 days, up to and with `until`
    std::int64_t events = 100'000;
    std::uint64_t seed = 1;
    std::chrono::sys_days until; // UTC
    // Makes the indexes after the rows: nobody else can read or write those tables meanwhile. Always so from
    // half a million events on.
    bool in_bulk = false;
};

// Makes tenants with visits, tests and bookings for demonstrations, tests and benches: rows as the public
// service writes them, and the figures made from those, in one transaction. From half a million events on,
// nobody else can read or write those tables meanwhile. Needs the schema's owner. Throws Error{Conflict}
// where this seed's tenants are there.
class TrafficGenerator final {
public:
    using Progress = std::function<void(std::int64_t events_written)>;
    explicit TrafficGenerator(Session &owner) : m_session(owner) {}
    std::vector<GeneratedTruth> run(const GeneratorPlan &plan, const Progress &progress = {});

private:
    Session &m_session;
};

} // namespace studio::db
