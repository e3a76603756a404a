// SPDX-License-Identifier: Apache-2.0
// How AnalyticsQuery reads the sums: those of one value or a kept pair as they stand, others out of the
// combinations that match.
#include "db/analytics_query.h"

#include <fmt/format.h>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr const char *counts =
    "seconds, timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4, " NO_PEOPLE;

constexpr const char *sums =
    "sum(visits) AS visits, sum(visitors) AS visitors, sum(page_views) AS page_views, "
    "sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged, sum(bounced) AS "
    "bounced, sum(bookings) AS bookings, sum(value_minor) AS value_minor, sum(step0) AS "
    "step0, sum(step1) AS step1, sum(step2) AS step2, sum(step3) AS step3, sum(step4) AS step4, "
    "string_agg(people, '') AS people";

// Visitors of a range are no sum of days: of each day or month of it those count who were never seen before,
// and those who were last seen before the range began, which the running totals of `returns` tell.
std::string visitors_since(sys_days from) {
    constexpr sys_days first = std::chrono::year{2000} / 1 / 1;
    return fmt::format(
        "new_visitors + coalesce(returns[width_bucket({}::bigint, returns)] & 4294967295, 0) AS visitors",
        (from - first).count() * (std::int64_t{1} << 32) - 1);
}

// The month's days that are in the range.
struct Part {
    DateRange days;
    bool whole_month = false;
};

std::vector<Part> parts_by_month(const DateRange &range) {
    std::vector<Part> parts;
    const year_month_day first{range.from}, last{range.to};
    for (auto month = first.year() / first.month(); month <= last.year() / last.month(); month += months(1)) {
        const sys_days begin = month / 1, end = month / std::chrono::last;
        parts.push_back(
            {{std::max(begin, range.from), std::min(end, range.to)}, range.from <= begin && end <= range.to});
    }
    return parts;
}

std::string between(const char *column, const DateRange &span) {
    return fmt::format("{} BETWEEN '{}' AND '{}'", column, day_text(span.from), day_text(span.to));
}

void append(std::string &rows, const std::string &more) {
    rows += (rows.empty() ? "" : " UNION ALL ") + more;
}

} // namespace

std::string AnalyticsQuery::sums_by_span(const std::string &columns) const {
    std::string rows;
    const auto add = [&](const char *table, const std::optional<DateRange> &span) {
        if (span)
            append(rows, fmt::format("SELECT {} FROM {} WHERE {} AND {}", columns, table, slice_condition(),
                                     between("day", *span)));
    };
    add("rollup_days", m_spans.head);
    add("rollup_months", m_spans.months);
    add("rollup_days", m_spans.tail);
    return rows;
}

std::string AnalyticsQuery::sums_by_label() const {
    return fmt::format("SELECT label, {} FROM ({}) parts GROUP BY label", sums,
                       sums_by_span(fmt::format("{} AS label, visits, {}, page_views, {}", m_slice->label,
                                                visitors_since(m_spans.all.from), counts)));
}

std::string AnalyticsQuery::combinations() const {
    return fmt::format(
        "SELECT f.tenant_id, f.combination, {} AS label FROM rollup_combinations f{} WHERE {}{}",
        m_facts_label, m_facts_joins, tenant_condition("f.tenant_id"), m_facts_condition);
}

// The lists of pages that count, and where the page in question stands in each.
std::string AnalyticsQuery::page_lists() const {
    const std::string holds = m_page.empty() ? "" : " AND l.list @> ARRAY[" + m_page + "]";
    if (m_by_page)
        return fmt::format("SELECT l.number, p.page, p.place FROM visit_lists l CROSS JOIN LATERAL "
                           "unnest(l.list) WITH ORDINALITY AS p (page, place) WHERE {}{}",
                           tenant_condition("l.tenant_id"), holds);
    return fmt::format(
        "SELECT l.number, '' AS page, array_position(l.list, {}) AS place FROM visit_lists l WHERE {}{}",
        m_page, tenant_condition("l.tenant_id"), holds);
}

std::string AnalyticsQuery::combined_label() const {
    return m_by_page ? "l.page" : "c.label";
}

// Along the keys of each combination, whatever the planner expects of them.
std::string AnalyticsQuery::combined_rows(const std::string &columns, bool whole_month,
                                          const DateRange &span) const {
    return fmt::format("SELECT {} FROM chosen c CROSS JOIN LATERAL (SELECT r.* FROM rollup_combined r WHERE "
                       "r.tenant_id = c.tenant_id AND r.combination = c.combination AND r.whole_month = {} "
                       "AND {} AND r.pages {} OFFSET 0) r{}",
                       columns, whole_month, between("r.day", span), asks_for_pages() ? "> 0" : "= 0",
                       asks_for_pages() ? " JOIN lists l ON l.number = r.pages" : "");
}

std::string AnalyticsQuery::combined_by_span(const std::string &columns) const {
    std::string rows;
    if (m_spans.head)
        append(rows, combined_rows(columns, false, *m_spans.head));
    if (m_spans.months)
        append(rows, combined_rows(columns, true, *m_spans.months));
    if (m_spans.tail)
        append(rows, combined_rows(columns, false, *m_spans.tail));
    return rows;
}

std::string AnalyticsQuery::with_combinations(const std::string &select) const {
    return fmt::format("WITH chosen AS MATERIALIZED ({}){} {}", combinations(),
                       asks_for_pages() ? ", lists AS MATERIALIZED (" + page_lists() + ")" : "", select);
}

// What a row of combinations adds; each visit without consent is a visitor, who made the others is told apart
// in the end.
#define COMBINED_COLUMNS                                                                                     \
    "r.visits, r.visits - r.known AS visitors, {} AS page_views, r.seconds, r.timed, r.engaged, r.bounced, " \
    "r.bookings, r.value_minor, r.step0, r.step1, r.step2, r.step3, r.step4, r.people"

std::string AnalyticsQuery::combined_by_label() const {
    const std::string columns =
        fmt::format("{} AS label, " COMBINED_COLUMNS, combined_label(),
                    asks_for_pages() ? "r.views[l.place] & 4294967295" : "r.page_views");
    return with_combinations(
        fmt::format("SELECT label, {} FROM ({}) parts GROUP BY label", sums, combined_by_span(columns)));
}

std::string AnalyticsQuery::totals_by_label() const {
    return from_sums() ? sums_by_label() : combined_by_label();
}

std::string AnalyticsQuery::totals_by_day() const {
    if (from_sums())
        return fmt::format("SELECT day AS period, {} FROM (SELECT *, " NO_PEOPLE
                           " FROM rollup_days WHERE {} AND {}) days GROUP BY day",
                           sums, slice_condition(), between("day", m_spans.all));
    const std::string columns =
        fmt::format("r.day AS period, " COMBINED_COLUMNS,
                    asks_for_pages() ? "r.views[l.place] & 4294967295" : "r.page_views");
    return with_combinations(fmt::format("SELECT period, {} FROM ({}) parts GROUP BY period", sums,
                                         combined_rows(columns, false, m_spans.all)));
}

std::string AnalyticsQuery::totals_by_month() const {
    std::string rows;
    for (const Part &part : parts_by_month(m_spans.all)) {
        const std::string period = "'" + day_text(part.days.from) + "'::date AS period, ";
        if (from_sums())
            append(rows, fmt::format("SELECT {}visits, {}, page_views, {} FROM {} WHERE {} AND {}", period,
                                     visitors_since(part.days.from), counts,
                                     part.whole_month ? "rollup_months" : "rollup_days", slice_condition(),
                                     between("day", part.days)));
        else
            append(rows, combined_rows(period + fmt::format(COMBINED_COLUMNS,
                                                            asks_for_pages() ? "r.views[l.place] & 4294967295"
                                                                             : "r.page_views"),
                                       part.whole_month, part.days));
    }
    const std::string select = fmt::format("SELECT period, {} FROM ({}) parts GROUP BY period", sums, rows);
    return from_sums() ? select : with_combinations(select);
}

PackedSums AnalyticsQuery::packed(const std::string &column) const {
    PackedSums sums_by_key;
    const std::string rows =
        from_sums() ? sums_by_span(column + " AS packed") : combined_by_span("r." + column + " AS packed");
    const std::string select = "SELECT array_send(packed) FROM (" + rows + ") r WHERE packed IS NOT NULL";
    for (const auto &row : m_work.exec(from_sums() ? select : with_combinations(select)))
        sums_by_key.add({row[0].c_str(), row[0].size()});
    return sums_by_key;
}

} // namespace studio::db
