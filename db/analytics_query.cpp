// SPDX-License-Identifier: Apache-2.0
#include "db/analytics_query.h"

#include "db/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days month_of(sys_days day) {
    const year_month_day date{day};
    return date.year() / date.month() / 1;
}

sys_days next_month(sys_days first) {
    return sys_days(year_month_day{first} + months(1));
}

constexpr int everything = 0;

// The dimension's number in the sums, and its column in the facts.
struct Place {
    Dimension dimension;
    int number;
    const char *column;
};
constexpr std::array places{Place{Dimension::Source, 1, "f.source"},
                            Place{Dimension::Medium, 2, "f.medium"},
                            Place{Dimension::Campaign, 3, "f.campaign"},
                            Place{Dimension::Device, 4, "f.device"},
                            Place{Dimension::Browser, 5, "f.browser"},
                            Place{Dimension::Country, 6, "f.country"},
                            Place{Dimension::Page, 7, ""},
                            Place{Dimension::Variant, 8, ""}};

// Sums of two dimensions at once.
const std::map<std::pair<int, int>, int> pairs{
    {{1, 4}, 9}, {{1, 6}, 10}, {{4, 6}, 11}, {{1, 8}, 12}, {{4, 8}, 13}};

const Place &place_of(Dimension dimension) {
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&](const Place &place) { return place.dimension == dimension; });
    if (found == places.end())
        throw Error(ErrorKind::Invalid, "Visits are not told apart by service: bookings are.");
    return *found;
}

// What the filter asks of each dimension, by number; a test without a variant is apart.
std::map<int, std::string> wanted_values(const AnalyticsFilter &filter) {
    std::map<int, std::string> wanted{{1, filter.source}, {2, filter.medium},  {3, filter.campaign},
                                      {4, filter.device}, {5, filter.browser}, {6, filter.country},
                                      {7, filter.page}};
    if (!filter.test_id.empty() && !filter.variant_id.empty())
        wanted[8] = filter.test_id + ":" + filter.variant_id;
    std::erase_if(wanted, [](const auto &item) { return item.second.empty(); });
    return wanted;
}

bool only_a_test(const AnalyticsFilter &filter) {
    return !filter.test_id.empty() && filter.variant_id.empty();
}

constexpr const char *sums =
    "sum(visits) AS visits, sum(visitors) AS visitors, sum(page_views) AS page_views, "
    "sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged, sum(bounced) AS "
    "bounced, sum(bookings) AS bookings, sum(value_minor) AS value_minor, sum(step0) AS "
    "step0, sum(step1) AS step1, sum(step2) AS step2, sum(step3) AS step3, sum(step4) AS step4";

} // namespace

std::string day_text(sys_days day) {
    const year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Spans::Spans(DateRange range) : all(range) {
    const sys_days first = month_of(range.from) == range.from ? range.from : next_month(month_of(range.from));
    const sys_days end = month_of(range.to + days(1)); // the first day that no whole month holds
    if (end <= first) {
        head = range;
        return;
    }
    if (range.from < first)
        head = DateRange{range.from, first - days(1)};
    months = DateRange{first, month_of(end - days(1))};
    if (end <= range.to)
        tail = DateRange{end, range.to};
}

Totals totals_of(const pqxx::row &row) {
    const auto number = [&](const char *name) { return row[name].as<std::int64_t>(0); };
    Totals totals;
    totals.visits = number("visits");
    totals.visitors = number("visitors");
    totals.page_views = number("page_views");
    totals.seconds = number("seconds");
    totals.timed_visits = number("timed");
    totals.engaged_visits = number("engaged");
    totals.bounced_visits = number("bounced");
    totals.bookings = number("bookings");
    totals.value = static_cast<double>(number("value_minor")) / 100;
    return totals;
}

AnalyticsQuery::AnalyticsQuery(pqxx::work &work, const std::string &tenant_id, DateRange range,
                               const AnalyticsFilter &filter, std::optional<Dimension> by)
    : m_work(work), m_spans(range) {
    if (!tenant_id.empty()) {
        require_tenant_id(tenant_id);
        m_tenants = work.quote(tenant_id);
    }
    m_slice = choose_slice(filter, by);
    m_combined = filter.page.empty() && by != Dimension::Page;
    choose_facts(filter, by);
}

std::string AnalyticsQuery::tenant_condition(const std::string &column) const {
    return column + (m_tenants.empty() ? " = ANY (ARRAY(SELECT id FROM tenants))" : " = " + m_tenants);
}

std::optional<AnalyticsQuery::Slice> AnalyticsQuery::choose_slice(const AnalyticsFilter &filter,
                                                                  std::optional<Dimension> by) const {
    const auto wanted = wanted_values(filter);
    const int told = by ? place_of(*by).number : everything;
    std::string only_test;
    if (only_a_test(filter)) {
        if (told != 8)
            return std::nullopt;
        only_test = filter.test_id + ":";
    }
    std::set<int> dimensions;
    for (const auto &[number, value] : wanted)
        dimensions.insert(number);
    if (wanted.contains(told)) { // one row; but a visit has several pages and variants
        std::optional<Slice> slice = told < 7 ? choose_slice(filter, std::nullopt) : std::nullopt;
        if (slice)
            slice->label = m_work.quote(wanted.at(told));
        return slice;
    }
    if (told != everything)
        dimensions.insert(told);
    std::string label = told == everything ? "''" : "value";
    if (dimensions.empty())
        return Slice{everything, "true", label};
    if (dimensions.size() == 1) {
        const std::string condition = !wanted.empty() ? "value = " + m_work.quote(wanted.begin()->second)
                                      : only_test.empty()
                                          ? "true"
                                          : "starts_with(value, " + m_work.quote(only_test) + ")";
        if (!only_test.empty())
            label = fmt::format("substr(value, {})", only_test.size() + 1);
        return Slice{*dimensions.begin(), condition, label};
    }
    const auto pair =
        dimensions.size() == 2 ? pairs.find({*dimensions.begin(), *dimensions.rbegin()}) : pairs.end();
    if (pair == pairs.end())
        return std::nullopt;
    const auto &[first, second] = pair->first;
    if (wanted.size() == 2)
        return Slice{pair->second, "value = " + m_work.quote(wanted.at(first) + "\n" + wanted.at(second)),
                     label};
    const bool first_is_wanted = wanted.contains(first);
    const std::string part =
        first_is_wanted ? "split_part(value, E'\\n', 1)" : "split_part(value, E'\\n', 2)";
    std::string condition = part + " = " + m_work.quote(wanted.begin()->second);
    label = first_is_wanted ? "split_part(value, E'\\n', 2)" : "split_part(value, E'\\n', 1)";
    if (!only_test.empty()) {
        condition += fmt::format(" AND starts_with({}, {})", label, m_work.quote(only_test));
        label = fmt::format("substr({}, {})", label, only_test.size() + 1);
    }
    return Slice{pair->second, condition, label};
}

void AnalyticsQuery::choose_facts(const AnalyticsFilter &filter, std::optional<Dimension> by) {
    for (const auto &[number, value] : wanted_values(filter)) {
        const std::string quoted = m_work.quote(value);
        if (number == 7) {
            m_facts_condition += " AND f.pages @> ARRAY[" + quoted + "]";
            m_facts_page_views = "f.page_counts[array_position(f.pages, " + quoted + ")]";
        } else if (number == 8) {
            m_facts_condition += " AND f.variants @> ARRAY[" + quoted + "]";
        } else {
            m_facts_condition +=
                fmt::format(" AND {} = {}", places[static_cast<std::size_t>(number) - 1].column, quoted);
        }
    }
    const std::string test = m_work.quote(filter.test_id + ":");
    if (only_a_test(filter) && by != Dimension::Variant)
        m_facts_condition += fmt::format(
            " AND EXISTS (SELECT FROM unnest(f.variants) v (name) WHERE starts_with(v.name, {}))", test);
    if (by == Dimension::Page) {
        m_facts_joins = " CROSS JOIN LATERAL unnest(f.pages, f.page_counts) AS p (page, views)";
        m_facts_label = "p.page";
        m_facts_page_views = "p.views";
    } else if (by == Dimension::Variant) {
        m_facts_joins = " CROSS JOIN LATERAL unnest(f.variants) AS x (variant)";
        m_facts_label = "x.variant";
        if (!filter.test_id.empty()) {
            m_facts_condition += fmt::format(" AND starts_with(x.variant, {})", test);
            m_facts_label = fmt::format("substr(x.variant, {})", filter.test_id.size() + 2);
        }
    } else if (by) {
        m_facts_label = place_of(*by).column;
    }
}

std::string AnalyticsQuery::slice_condition() const {
    return fmt::format("{} AND dimension = {} AND {}", tenant_condition(), m_slice->dimension,
                       m_slice->condition);
}

std::string AnalyticsQuery::facts_from() const {
    return fmt::format("visit_facts f{} WHERE {} AND f.day BETWEEN '{}' AND '{}'{}", m_facts_joins,
                       tenant_condition("f.tenant_id"), day_text(m_spans.all.from), day_text(m_spans.all.to),
                       m_facts_condition);
}

std::string AnalyticsQuery::totals_by_label() const {
    return from_sums() ? sums_by_label() : from_combinations() ? combined_by_label() : facts_by_label();
}

// Visitors of a range are no sum of days: they come from the days on which each was seen before.
std::string AnalyticsQuery::visitors_by_label() const {
    const std::string from = day_text(m_spans.all.from), month = day_text(month_of(m_spans.all.from));
    std::string rows;
    const auto add = [&](const DateRange &seen, bool whole) {
        for (const bool before_months : {true, false}) {
            if (!before_months && from == month)
                continue;
            rows += fmt::format("{}SELECT {} AS label, visitors FROM rollup_returns WHERE {} AND whole_seen "
                                "= {} AND whole_before = {} "
                                "AND seen BETWEEN '{}' AND '{}' AND {}",
                                rows.empty() ? "" : " UNION ALL ", m_slice->label, slice_condition(), whole,
                                before_months, day_text(seen.from), day_text(seen.to),
                                before_months ? "before < '" + month + "'"
                                              : "before >= '" + month + "' AND before < '" + from + "'");
        }
    };
    if (m_spans.head)
        add(*m_spans.head, false);
    if (m_spans.months)
        add(*m_spans.months, true);
    if (m_spans.tail)
        add(*m_spans.tail, false);
    return rows;
}

std::string AnalyticsQuery::sums_by_span(const std::string &columns) const {
    std::string rows;
    const auto add = [&](const char *table, const std::optional<DateRange> &span) {
        if (span)
            rows += fmt::format("{}SELECT {} FROM {} WHERE {} AND day BETWEEN '{}' AND '{}'",
                                rows.empty() ? "" : " UNION ALL ", columns, table, slice_condition(),
                                day_text(span->from), day_text(span->to));
    };
    add("rollup_days", m_spans.head);
    add("rollup_months", m_spans.months);
    add("rollup_days", m_spans.tail);
    return rows;
}

std::string AnalyticsQuery::sums_by_label() const {
    const std::string rows = sums_by_span(
        m_slice->label + " AS label, visits, new_visitors AS visitors, page_views, seconds, timed, "
                         "engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4");
    return fmt::format(
        "SELECT label, {} FROM ({} UNION ALL SELECT label, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 "
        "FROM ({}) seen) parts GROUP BY label",
        sums, rows, visitors_by_label());
}

std::string AnalyticsQuery::combinations() const {
    return fmt::format(
        "SELECT f.tenant_id, f.combination, {} AS label FROM rollup_combinations f{} WHERE {}{}",
        m_facts_label, m_facts_joins, tenant_condition("f.tenant_id"), m_facts_condition);
}

// Along the keys of each combination, whatever the planner expects of them.
#define EACH_COMBINATION                                                                                     \
    "FROM chosen c CROSS JOIN LATERAL (SELECT r.* FROM rollup_combined r WHERE r.tenant_id = c.tenant_id "   \
    "AND "                                                                                                   \
    "r.combination = c.combination AND r.whole_month = {} AND r.day BETWEEN '{}' AND '{}' OFFSET 0) r"
#define EACH_KNOWN_VISIT                                                                                     \
    "FROM chosen c CROSS JOIN LATERAL (SELECT v.visitor, v.day FROM visit_facts v WHERE v.tenant_id = "      \
    "c.tenant_id AND v.combination = c.combination AND v.known AND v.day BETWEEN '{}' AND '{}' OFFSET 0) v"

std::string AnalyticsQuery::combined_by_label() const {
    std::string rows;
    const auto add = [&](bool whole_month, const std::optional<DateRange> &span) {
        if (span)
            rows += fmt::format(
                "SELECT c.label, r.visits, r.visits - r.known AS visitors, r.page_views, r.seconds, "
                "r.timed, r.engaged, r.bounced, r.bookings, r.value_minor, r.step0, r.step1, r.step2, "
                "r.step3, r.step4 " EACH_COMBINATION " UNION ALL ",
                whole_month, day_text(span->from), day_text(span->to));
    };
    add(false, m_spans.head);
    add(true, m_spans.months);
    add(false, m_spans.tail);
    return fmt::format(
        "WITH chosen AS MATERIALIZED ({}) SELECT label, {} FROM ({} SELECT label, 0, count(*), 0, 0, 0, "
        "0, 0, 0, 0, 0, 0, 0, 0, 0 FROM (SELECT DISTINCT c.label, v.visitor " EACH_KNOWN_VISIT
        ") seen GROUP BY label) parts GROUP BY label",
        combinations(), sums, rows, day_text(m_spans.all.from), day_text(m_spans.all.to));
}

std::string AnalyticsQuery::combined_hours() const {
    return fmt::format(
        "({}) c CROSS JOIN LATERAL (SELECT v.day, v.local_hour, v.visits, v.bookings FROM visit_facts v "
        "WHERE v.tenant_id = c.tenant_id AND v.combination = c.combination AND v.day BETWEEN '{}' AND "
        "'{}' OFFSET 0) v",
        combinations(), day_text(m_spans.all.from), day_text(m_spans.all.to));
}

std::string AnalyticsQuery::combined_by_day() const {
    const std::string from = day_text(m_spans.all.from), to = day_text(m_spans.all.to);
    return fmt::format(
        "WITH chosen AS MATERIALIZED ({}) SELECT period, {} FROM (SELECT r.day AS period, r.visits, "
        "r.visits - r.known AS visitors, r.page_views, r.seconds, r.timed, r.engaged, r.bounced, "
        "r.bookings, r.value_minor, r.step0, r.step1, r.step2, r.step3, r.step4 " EACH_COMBINATION
        " UNION ALL SELECT day, 0, count(*), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM (SELECT DISTINCT "
        "v.day, v.visitor " EACH_KNOWN_VISIT ") seen GROUP BY day) parts GROUP BY period",
        combinations(), sums, false, from, to, from, to);
}

std::string AnalyticsQuery::facts_by_label() const {
    return fmt::format(
        "SELECT {} AS label, sum(f.visits) AS visits, count(DISTINCT f.visitor) FILTER (WHERE f.visits > 0) "
        "AS visitors, "
        "sum({}) AS page_views, sum(f.seconds) AS seconds, count(*) FILTER (WHERE f.events > 1) AS timed, "
        "sum(f.engaged) AS engaged, sum(f.bounced) AS bounced, sum(f.bookings) AS bookings, "
        "sum(f.value_minor) AS value_minor, count(*) FILTER (WHERE f.stage >= 0) AS step0, "
        "count(*) FILTER (WHERE f.stage >= 1) AS step1, count(*) FILTER (WHERE f.stage >= 2) AS step2, "
        "count(*) FILTER (WHERE f.stage >= 3) AS step3, count(*) FILTER (WHERE f.stage >= 4) AS step4 FROM "
        "{} GROUP BY 1",
        m_facts_label, m_facts_page_views, facts_from());
}

std::string AnalyticsQuery::paths() const {
    constexpr std::array kept{0, 1, 4, 8};
    if (!m_slice || std::find(kept.begin(), kept.end(), m_slice->dimension) == kept.end())
        return fmt::format("SELECT f.path, count(*) AS visits, sum(f.bookings) AS bookings FROM {} AND "
                           "f.visits > 0 AND f.path "
                           "<> '{{}}' GROUP BY f.path",
                           facts_from());
    std::string rows;
    const auto add = [&](bool whole_month, const std::optional<DateRange> &span) {
        if (span)
            rows += fmt::format(
                "{}SELECT path, visits, bookings FROM rollup_paths WHERE {} AND whole_month = {} AND day "
                "BETWEEN '{}' AND '{}'",
                rows.empty() ? "" : " UNION ALL ", slice_condition(), whole_month, day_text(span->from),
                day_text(span->to));
    };
    add(false, m_spans.head);
    add(true, m_spans.months);
    add(false, m_spans.tail);
    return rows;
}

} // namespace studio::db
