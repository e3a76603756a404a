// SPDX-License-Identifier: Apache-2.0
// Inside db only: which rows answer a question about visits.
#pragma once

#include "db/analytics.h"
#include "db/packed_fields.h"
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

// What a question reads: a filter whose sums it misses is kept from then on (0054_filters_kept.sql).
enum class AnswersFrom { Sums, PackedSums, Visits };

// The words of SQL that one question is made of: tenants, filter, and the dimension that its rows tell apart.
class AnalyticsQuery final {
public:
    // `tenant_id` "" is all. Throws Error{NotFound} for what is no id.
    AnalyticsQuery(pqxx::work &work, const std::string &tenant_id, DateRange range,
                   const AnalyticsFilter &filter, std::optional<Dimension> by = std::nullopt,
                   AnswersFrom source = AnswersFrom::Sums);

    // True where the sums hold the answer as it stands; else it is put together from those of the
    // combinations.
    bool from_sums() const { return m_slice.has_value(); }
    // True where the sums are also kept by hour: of everything.
    bool hours_are_kept() const { return m_slice && m_slice->dimension == everything; }

    // "tenant_id … AND dimension … AND value …" over any of the rollup tables; only from sums.
    std::string slice_condition() const;
    // "visit_facts f …" with its WHERE; not by page.
    std::string facts_from() const;
    // The same of those that a SELECT of facts gives, whatever it says of tenants and days; not where pages
    // are asked for.
    std::string facts_among(const std::string &facts) const {
        return "(" + facts + ") f" + m_facts_joins + " WHERE true" + m_facts_condition;
    }
    const std::string &facts_page_views() const { return m_facts_page_views; }
    std::string tenant_condition(const std::string &column = "tenant_id") const;

    // SELECT of tenant_id, combination and label of those that the question is about, whatever it says of
    // pages.
    std::string combinations() const;
    // SELECT of label, TOTALS_COLUMNS and step0 to step4 for each label, unordered.
    std::string totals_by_label() const;
    // SELECT of period and TOTALS_COLUMNS of each day, or of each month by its first day in the range.
    std::string totals_by_day() const;
    std::string totals_by_month() const;
    // SELECT of these columns of the range's whole months and of the days around them; only from sums.
    std::string sums_by_span(const std::string &columns) const;
    // What a column of packed sums holds of the range: "hours" or "ways".
    PackedSums packed(const std::string &column) const;
    // Labels are then the tenants' ids; only where nothing is filtered.
    void tell_tenants_apart() { m_slice->label = "tenant_id::text"; }
    const Spans &spans() const { return m_spans; }

private:
    struct Slice {
        int dimension = 0;
        std::string condition, label;
    };
    static constexpr int everything = 0, most_of_one_dimension = 8, of_first_filter = 100,
                         dimensions_of_a_filter = 10;
    std::optional<Slice> choose_slice(const AnalyticsFilter &filter, std::optional<Dimension> by) const;
    std::optional<int> kept_filter(const AnalyticsFilter &filter, bool any_test) const;
    std::optional<Slice> choose_filter(const AnalyticsFilter &filter, std::optional<Dimension> by) const;
    void choose_facts(const AnalyticsFilter &filter, std::optional<Dimension> by);

    bool asks_for_pages() const { return m_by_page || !m_page.empty(); }
    std::string page_lists() const;
    std::string combined_label() const;
    std::string combined_rows(const std::string &columns, bool whole_month, const DateRange &span) const;
    std::string combined_by_span(const std::string &columns) const;
    std::string with_combinations(const std::string &select) const;
    std::string sums_by_label() const;
    std::string combined_by_label() const;

    pqxx::work &m_work;
    std::string m_tenants; // "" for all
    Spans m_spans;
    std::optional<Slice> m_slice;
    bool m_by_page = false;
    std::string m_page; // quoted; "" for any
    std::string m_facts_joins, m_facts_condition, m_facts_label = "''", m_facts_page_views = "f.page_views";
};

// people: who is not among the visitors yet, as often as they came; null where the sums know all of them.
#define TOTALS_COLUMNS                                                                                       \
    "visits, visitors, page_views, seconds, timed, engaged, bounced, bookings, value_minor, people"
#define NO_PEOPLE "NULL::bytea AS people"
Totals totals_of(const pqxx::row &row); // of columns with those names

} // namespace studio::db
