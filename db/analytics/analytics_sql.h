// SPDX-License-Identifier: Apache-2.0
// Inside db only: the SQL of one query about visits.
#pragma once

#include "db/analytics/figures.h"
#include "db/connection/session_impl.h"

#include <optional>
#include <string>

namespace studio::db {

std::string day_text(std::chrono::sys_days day); // "2026-11-23"

// Builds the SQL of one analytics query. Clean days are read from the daily sums if these hold the answer,
// everything else from the visits.
class AnalyticsSql final {
public:
    // Prepares the transaction, which must be new: one snapshot, and planner settings that make such queries
    // fast. `tenant_id` "" means all tenants. Throws Error{NotFound} for text that is no id, Error{Invalid}
    // for a range that ends before it begins, and for Service where a query cannot be divided by it.
    AnalyticsSql(pqxx::work &work, const models::TenantId &tenant_id, DateRange range,
                 const AnalyticsFilter &filter = {}, std::optional<Dimension> by = {});

    // True where the daily sums hold the answer.
    static bool in_sums(const AnalyticsFilter &filter, std::optional<Dimension> by);

    enum class Visitors { Left, Counted };
    // SELECT of tenant_id, label, day, SUM_COLUMNS and, where they are counted, visitors.
    std::string rows(Visitors visitors = Visitors::Left) const;
    // SELECT of day, starts_at, hour, HOUR_COLUMNS and visitors.
    std::string hours() const;
    // "visit_facts f WHERE …" of the selected visits; after ask_by() with a slice without a visit, of those
    // requests.
    std::string facts() const;
    // The same visits with label() as the value of the dimension: "visit_slices f WHERE …" where a visit may
    // have several of these values.
    std::string labelled_facts() const;
    const std::string &label() const { return m_label; }
    std::string tenant_condition(const std::string &column = "tenant_id") const;
    const DateRange &range() const { return m_range; }
    // For queries without a filter: reads the rows with this number of visit_slices instead of those of all
    // visits.
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

// An expression over rows of visit_facts or visit_slices with the alias f.
#define VISITORS_OF_VISITS "count(*) FILTER (WHERE f.visitor IS NULL) + count(DISTINCT f.visitor) AS visitors"

// Values that the published site of a tenant names; the tenant's alias is t.
#define SQL_CURRENCY "coalesce(nullif(t.content_config #>> '{{pricing,currency}}', ''), 'AUD')"

// Reads a row with HOUR_COLUMNS; null is 0. Without `with_value` the value is left out, because several
// tenants have no common currency.
Totals totals_of(const pqxx::row &row, bool with_value);

} // namespace studio::db
