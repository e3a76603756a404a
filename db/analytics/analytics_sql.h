// SPDX-License-Identifier: Apache-2.0
// Inside db only: one question about visits as SQL.
#pragma once

#include "db/analytics/figures.h"
#include "db/connection/session_impl.h"

#include <optional>
#include <string>

namespace studio::db {

std::string day_text(std::chrono::sys_days day); // "2026-11-23"

// Clean days are read from the sums where these hold the answer, everything else from the visits.
class AnalyticsSql final {
public:
    // Sets the transaction up: one snapshot, and what makes such questions fast. It must be new. `tenant_id`
    // "" is all. Throws Error{NotFound} for what is no id, Error{Invalid} for a range that ends before it
    // begins or by Service where that cannot be asked.
    AnalyticsSql(pqxx::work &work, const models::TenantId &tenant_id, DateRange range,
                 const AnalyticsFilter &filter = {}, std::optional<Dimension> by = {});

    // True where the daily sums hold the answer.
    static bool in_sums(const AnalyticsFilter &filter, std::optional<Dimension> by);

    enum class Visitors { Left, Counted };
    // SELECT of tenant_id, label, day, SUM_COLUMNS and, where they are counted, visitors.
    std::string rows(Visitors visitors = Visitors::Left) const;
    // SELECT of day, starts_at, hour, HOUR_COLUMNS and visitors.
    std::string hours() const;
    // "visit_facts f WHERE …" of the visits in question; of requests where it is asked for those without a
    // visit.
    std::string facts() const;
    // The same visits with label() for what they are asked by: "visit_slices f WHERE …" where a visit may
    // have several of these values.
    std::string labelled_facts() const;
    const std::string &label() const { return m_label; }
    std::string tenant_condition(const std::string &column = "tenant_id") const;
    const DateRange &range() const { return m_range; }
    // Asked without a filter: what stands under this number of visit_slices instead.
    enum class Slice { CancelledService = 10, WithoutVisit = 11, CancelledWithoutVisit = 12 };
    void ask_by(Slice slice) { m_slices_dimension = m_sums_dimension = static_cast<int>(slice); }
    bool all_tenants() const { return m_tenant.empty(); }

private:
    void choose_conditions(pqxx::work &work, const AnalyticsFilter &filter, std::optional<Dimension> by);
    void read_dirty_days(pqxx::work &work);
    std::string days(const std::string &column = "f.day") const;
    std::string dirty_days() const;
    std::string clean_days() const;
    std::string visits_by_day(Visitors visitors, const std::string &condition) const;
    std::string visits_by_hour(const std::string &condition) const;

    std::string m_tenant; // quoted; "" for all
    DateRange m_range;
    bool m_in_sums = false, m_hours_in_sums = false;
    int m_sums_dimension = 0;   // of the daily sums
    int m_slices_dimension = 0; // 0 where each visit has one label
    std::string m_sums_condition = "true", m_sums_label = "''", m_label = "''", m_conditions,
                m_page_views = "f.page_views";
    std::string m_dirty_days; // literals, with commas; "" for none
};

#define HOUR_COLUMNS "visits, page_views, seconds, timed, engaged, bounced, bookings, value_minor"
#define SUM_COLUMNS HOUR_COLUMNS ", step0, step1, step2, step3, step4"
#define SUMS_OF_HOURS                                                                                        \
    "sum(visits) AS visits, sum(page_views) AS page_views, sum(seconds) AS seconds, sum(timed) AS timed, "   \
    "sum(engaged) AS engaged, sum(bounced) AS bounced, sum(bookings) AS bookings, sum(value_minor) AS "      \
    "value_minor"

// Over rows of visit_facts or visit_slices called f.
#define VISITORS_OF_VISITS "count(*) FILTER (WHERE f.visitor IS NULL) + count(DISTINCT f.visitor) AS visitors"

// Of a tenant called t: what the published site names.
#define SQL_CURRENCY "coalesce(nullif(t.content_config #>> '{{pricing,currency}}', ''), 'AUD')"

// Of a row with HOUR_COLUMNS; null is 0. The value of several tenants has no one currency and is left out.
Totals totals_of(const pqxx::row &row, bool with_value);

} // namespace studio::db
