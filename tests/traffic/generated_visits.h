// SPDX-License-Identifier: Apache-2.0
// Visits as a companion's site has them, from a seed: the same seed gives the same visits.
#pragma once

#include "db/analytics/figures.h"
#include "db/stores/measurement_store.h"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace studio::db {

struct GeneratedEvent {
    base::Time at{};
    const char *type = "";
    const char *page = "";
    int load_ms = -1; // of a page_view
};

struct GeneratedVisit {
    std::string id, visitor_id; // UUIDs; no visitor_id without consent
    base::Time started_at{};
    const char *source = ""; // the source that it counts as
    const char *utm_source = "", *utm_medium = "", *utm_campaign = "", *referrer = "";
    const char *device = "", *browser = "", *country = "";
    const char *variant = ""; // of the tenant's experiment
    bool bot = false;
    std::vector<GeneratedEvent> events;
    std::string booking_id; // "" for none
    const char *booking_status = "";
    int service = -1; // index into generated_services; -1 for none
};

struct GeneratedService {
    const char *name;
    std::int64_t price_minor;
};
inline constexpr std::array generated_services{GeneratedService{"Dinner Date", 150'000},
                                               GeneratedService{"Gala Evening", 260'000},
                                               GeneratedService{"Weekend Away", 1'200'000}};

// What the figures of a tenant must be.
struct GeneratedTruth {
    models::TenantId tenant_id;
    std::string subdomain, test_id;
    DateRange days; // in any time zone
    Totals totals;
    std::int64_t visitors = 0;
    std::array<std::int64_t, 5> funnel{};
    std::map<std::string, std::int64_t> visits_by_source, bookings_by_source, visits_by_device;
    std::map<std::string, VariantCounts> variants;
    std::map<std::chrono::sys_days, PageLoads> page_loads; // by days of UTC
    std::int64_t bot_visits = 0, events = 0;               // all events, also those of bots
};

// One tenant's visits, day after day in the order of time. The rates: sources with shares and booking rates
// of their own, the variant "modern" books a quarter more often than "control", weekends and Decembers are
// fuller, traffic grows by half over the time, one visit in three consents and two in five of those are
// visitors who come back, one session in twenty is a bot, one booking in ten is cancelled and one in twenty
// is spam.
class VisitGenerator final {
public:
    // `events` is about how many the whole time gets, bots included; the expected figures have the exact
    // number.
    VisitGenerator(std::uint64_t seed, DateRange days, std::int64_t events);

    bool at_end() const { return m_day > m_days.to; }
    // The visits of the next day, UTC.
    std::vector<GeneratedVisit> next_day();
    const GeneratedTruth &truth() const { return m_truth; }

private:
    double uniform(); // [0, 1)
    std::string uuid();
    template <class Choices> const auto &choose(const Choices &choices);
    double weight_of(std::chrono::sys_days day) const;
    std::chrono::microseconds moment_of_day();
    GeneratedVisit visit(base::Time started_at);
    void choose_visitor(GeneratedVisit &visit);
    void act(GeneratedVisit &visit, double booking_factor);
    void book(GeneratedVisit &visit);
    void count(const GeneratedVisit &visit);

    struct Person {
        std::string id;
        bool modern = false, seen = false, booked = false;
    };
    DateRange m_days;
    std::chrono::sys_days m_day;
    std::mt19937_64 m_random;
    double m_visits_per_weight = 0, m_owed = 0;
    std::vector<Person> m_people;
    std::ptrdiff_t m_person = -1; // of the visit that is being generated; -1 for an unknown one
    GeneratedTruth m_truth;
};

} // namespace studio::db
