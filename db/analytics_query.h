// SPDX-License-Identifier: Apache-2.0
// Inside db only: which rows answer a question about visits.
#pragma once

#include "db/analytics.h"
#include "db/session_impl.h"

#include <optional>
#include <string>

namespace studio::db {

// Whole months of a range, and the days before and after them. Ranges without a whole month are all days.
struct Spans {
    explicit Spans(DateRange range);
    DateRange all;
    std::optional<DateRange> head, months, tail; // months: first days of the first and the last whole month
};

std::string day_text(std::chrono::sys_days day); // "2026-11-23"

// The words of SQL that one question is made of: tenants, filter, and the dimension that its rows tell apart.
class AnalyticsQuery final {
public:
    // `tenant_id` "" is all. Throws Error{NotFound} for what is no id.
    AnalyticsQuery(pqxx::work &work, const std::string &tenant_id, DateRange range,
                   const AnalyticsFilter &filter, std::optional<Dimension> by = std::nullopt);

    // True where the sums hold the answer; else it is made from the facts of the visits.
    bool from_sums() const { return m_slice.has_value(); }

    // True where combinations of values say which visits the question is about: it does not ask for pages.
    bool is_combined() const { return m_combined; }
    // True where their sums hold the answer, all but the different known visitors.
    bool from_combinations() const { return !m_slice && m_combined; }
    // True where the sums are also kept by hour: not of two dimensions at once.
    bool hours_are_kept() const { return m_slice && m_slice->dimension <= most_hourly_dimension; }

    // "tenant_id … AND dimension … AND value …" over any of the rollup tables; only from sums.
    std::string slice_condition() const;
    // What a row stands for, out of `value`; only from sums.
    const std::string &slice_label() const { return m_slice->label; }
    // "visit_facts f …" with its WHERE, and what a row stands for.
    std::string facts_from() const;
    const std::string &facts_label() const { return m_facts_label; }
    const std::string &facts_page_views() const { return m_facts_page_views; }
    std::string tenant_condition(const std::string &column = "tenant_id") const;

    // SELECT of tenant_id, combination and label of those that the question is about; only where combined.
    std::string combinations() const;
    // day, local_hour, visits and bookings of each visit, out of the index; only where combined.
    std::string combined_hours() const;
    // Sums of each day of the range, called `period`; only from combinations.
    std::string combined_by_day() const;
    // SELECT of label, TOTALS_COLUMNS and step0 to step4 for each label, unordered.
    std::string totals_by_label() const;
    // SELECT of these columns of the range's whole months and of the days around them; only from sums.
    std::string sums_by_span(const std::string &columns) const;
    // SELECT of path, visits and bookings; a path may come in several rows.
    std::string paths() const;
    // Labels are then the tenants' ids; only where nothing is filtered.
    void tell_tenants_apart() { m_slice->label = "tenant_id::text"; }
    const Spans &spans() const { return m_spans; }

private:
    struct Slice {
        int dimension = 0;
        std::string condition, label;
    };
    std::optional<Slice> choose_slice(const AnalyticsFilter &filter, std::optional<Dimension> by) const;
    void choose_facts(const AnalyticsFilter &filter, std::optional<Dimension> by);
    static constexpr int most_hourly_dimension = 8;
    std::string combined_by_label() const;
    std::string sums_by_label() const;
    std::string facts_by_label() const;
    std::string visitors_by_label() const;

    pqxx::work &m_work;
    std::string m_tenants; // "" for all
    Spans m_spans;
    std::optional<Slice> m_slice;
    bool m_combined = false;
    std::string m_facts_joins, m_facts_condition, m_facts_label = "''", m_facts_page_views = "f.page_views";
};

#define TOTALS_COLUMNS "visits, visitors, page_views, seconds, timed, engaged, bounced, bookings, value_minor"
Totals totals_of(const pqxx::row &row); // of columns with those names

} // namespace studio::db
