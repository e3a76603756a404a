// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics.h"
#include "db/session.h"

namespace studio::db {

// Reads the figures: of a companion's own tenant, of every tenant for operators. All calls throw Error. A
// tenant that the login may not see has no figures. "" for a tenant is all of them together, in each one's
// own days.
class AnalyticsStore final {
public:
    explicit AnalyticsStore(Session &session) : m_session(session) {}

    Totals totals(const std::string &tenant_id, DateRange range, const AnalyticsFilter &filter = {});
    // Every hour, day or month of the range, oldest first, also those without visits. A month at the edge
    // counts with its days that are in the range.
    std::vector<TrendPoint> trend(const std::string &tenant_id, DateRange range, Grain grain,
                                  const AnalyticsFilter &filter = {});
    // Most visits first (of Service: most bookings), at most so many.
    std::vector<BreakdownRow> breakdown(const std::string &tenant_id, DateRange range, Dimension dimension,
                                        int most, const AnalyticsFilter &filter = {});
    // One without a split, else one for each value, most visits first. Not by Service.
    std::vector<Funnel> funnel(const std::string &tenant_id, DateRange range,
                               std::optional<Dimension> split = {}, const AnalyticsFilter &filter = {});
    // The commonest, at most so many.
    std::vector<Journey> journeys(const std::string &tenant_id, DateRange range, int most,
                                  const AnalyticsFilter &filter = {});
    // Those that had a visit or a booking, by weekday and hour.
    std::vector<HeatCell> heat_map(const std::string &tenant_id, DateRange range,
                                   const AnalyticsFilter &filter = {});

    // In the test's own order of arms; of the current phase unless one is named.
    std::vector<ArmCounts> arms(const std::string &test_id, std::optional<int> phase = {});
    std::vector<ArmDay> arms_by_day(const std::string &test_id, std::optional<int> phase = {});

    // Newest first; those that follow `after`, a row that was given before, where it is named.
    std::vector<VisitRow> visits(const std::string &tenant_id, DateRange range, const AnalyticsFilter &filter,
                                 int most, const std::optional<VisitRow> &after = {});
    // By the day of the visit that they came from; most bookings first.
    std::vector<BookingServiceRow> bookings_by_service(const std::string &tenant_id, DateRange range);

    // Most pages first.
    std::vector<BotRow> bots(const std::string &tenant_id, DateRange range);
    // Name of the time zone by which her days are counted now; "UTC" for all of them.
    std::string zone(const std::string &tenant_id);

    // Different people with an event in the last five minutes.
    int visitors_now(const std::string &tenant_id);
    // UTC, microseconds since 1970: what was recorded before this is in the figures.
    std::int64_t fresh_until_us(const std::string &tenant_id);

    // For operators; others see their own tenant in it.
    PlatformFigures platform(DateRange range);

    // Brings the figures up to date for at most `most` marked visits, of those first marked at least `rested`
    // ago: a visit under way is not made anew at every posting. For operators and the renderer. Gives how
    // many marks it worked off; nullopt where another one is at work.
    std::optional<int> refresh(int most = 5000, std::chrono::milliseconds rested = {});
    // Takes one step towards sums of the filters that were asked for, of days with about `most` visits; false
    // where nothing is left to do or another one is at work. For operators and the renderer.
    bool keep_filters(int most = 50'000);

private:
    Session &m_session;
};

} // namespace studio::db
