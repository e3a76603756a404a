// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/figures.h"
#include "db/connection/session.h"

namespace studio::db {

// Reads the figures: of a companion's own tenant, of every tenant for operators. All calls throw Error. A
// tenant that the login may not see has no figures. "" as the tenant means all tenants together, with each
// tenant's days in its own time zone.
//
// Queries for which from_sums() is true are read from daily sums within a tenth of a second. Others read the
// visits of the range one by one: exact for every filter, and slower the more visits there are. Run these on
// a Session of their own, show progress, and end a query whose answer is not needed any more with
// Session::cancel().
class AnalyticsStore final {
public:
    explicit AnalyticsStore(Session &session) : m_session(session) {}

    // True where totals, trends, breakdowns and funnels with this filter come from the sums: with at most one
    // condition, and by no dimension or the condition's own.
    static bool from_sums(const AnalyticsFilter &filter, std::optional<Dimension> by = {});

    Totals totals(const models::TenantId &tenant_id, DateRange range, const AnalyticsFilter &filter = {});
    // Every hour, day or month of the range, oldest first, also those without visits. A month at the edge
    // counts with its days that are in the range. Hours of a filter read the visits.
    std::vector<TrendPoint> trend(const models::TenantId &tenant_id, DateRange range, Grain grain,
                                  const AnalyticsFilter &filter = {});
    // Most visits first (of Service: most bookings).
    std::vector<BreakdownRow> breakdown(const models::TenantId &tenant_id, DateRange range,
                                        Dimension dimension, int max_rows,
                                        const AnalyticsFilter &filter = {});
    // One without a split, else one for each value, most visits first. Not by Service.
    std::vector<Funnel> funnel(const models::TenantId &tenant_id, DateRange range,
                               std::optional<Dimension> split = {}, const AnalyticsFilter &filter = {});
    // The value of the bookings in each currency, for one tenant or all together.
    std::vector<CurrencyValue> values(const models::TenantId &tenant_id, DateRange range);
    // Bookings count on the day of the visit that they came from; the service with most bookings first.
    std::vector<BookingServiceRow> bookings_by_service(const models::TenantId &tenant_id, DateRange range);
    RequestsWithoutVisit requests_without_visit(const models::TenantId &tenant_id, DateRange range);
    // Hours with a visit, by weekday and hour. Read from the sums where there is no filter.
    std::vector<HeatCell> heat_map(const models::TenantId &tenant_id, DateRange range,
                                   const AnalyticsFilter &filter = {});
    // For operators; other logins see only their own tenant. Read from the sums.
    PlatformFigures platform(DateRange range);

    // The functions below always read the visits, with any filter.

    // The number of different visitor ids, plus one for each visit without consent.
    std::int64_t visitors(const models::TenantId &tenant_id, DateRange range,
                          const AnalyticsFilter &filter = {});
    // Different visitors of each value, most first. Not by Service.
    std::vector<ValueVisitors> visitors_by(const models::TenantId &tenant_id, DateRange range,
                                           Dimension dimension, int max_rows,
                                           const AnalyticsFilter &filter = {});
    // The most frequent ones.
    std::vector<Journey> journeys(const models::TenantId &tenant_id, DateRange range, int max_rows,
                                  const AnalyticsFilter &filter = {});
    // Newest first; with `after`, a row of an earlier answer, the visits that follow it.
    std::vector<VisitRow> visits(const models::TenantId &tenant_id, DateRange range,
                                 const AnalyticsFilter &filter, int max_rows,
                                 const std::optional<VisitRow> &after = {});
    // Of the current phase unless one is named.
    ExperimentCounts experiment(const std::string &test_id, std::optional<int> phase = {});
    // Most pages first.
    std::vector<BotRow> bots(const models::TenantId &tenant_id, DateRange range);

    // Name of the time zone by which the tenant's days are counted now; "UTC" for all tenants together.
    std::string zone(const models::TenantId &tenant_id);
    // Different people with an event in the last five minutes.
    int visitors_now(const models::TenantId &tenant_id);
    // The figures contain everything that was recorded before this moment.
    base::Time fresh_until(const models::TenantId &tenant_id);

private:
    Session &m_session;
};

} // namespace studio::db
