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
const std::map<std::pair<int, int>, int> pairs{{{1, 4}, 9},  {{1, 6}, 10}, {{4, 6}, 11}, {{1, 8}, 12},
                                               {{4, 8}, 13}, {{1, 7}, 14}, {{2, 7}, 15}, {{3, 7}, 16},
                                               {{4, 7}, 17}, {{5, 7}, 18}, {{6, 7}, 19}, {{7, 8}, 20}};

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
    if (const auto people = row["people"]; !people.is_null())
        totals.visitors += different_ids({people.c_str(), people.size()});
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
                               const AnalyticsFilter &filter, std::optional<Dimension> by, AnswersFrom source)
    : m_work(work), m_spans(range) {
    if (!tenant_id.empty()) {
        require_tenant_id(tenant_id);
        m_tenants = work.quote(tenant_id);
    }
    m_slice = choose_slice(filter, by);
    if (source == AnswersFrom::PackedSums && m_slice && m_slice->dimension > most_of_one_dimension)
        m_slice.reset(); // pairs have none
    if (source != AnswersFrom::Visits && !m_slice)
        m_slice = choose_filter(filter, by);
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
        return Slice{everything, "value = ''", label};
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

// The slot in which the filter is kept, of all days of the range.
std::optional<int> AnalyticsQuery::kept_filter(const AnalyticsFilter &filter, bool any_test) const {
    auto wanted = wanted_values(filter);
    if (only_a_test(filter) && !any_test)
        wanted[8] = filter.test_id + ":";
    std::string values;
    for (const Place &place : places)
        values += ", " + (wanted.contains(place.number) ? m_work.quote(wanted.at(place.number)) : "NULL");
    const auto rows = m_work.exec(
        fmt::format("SELECT filter_slot FROM analytics_ask_filter({}{}) WHERE filter_kept_before > '{}'",
                    m_tenants, values, day_text(m_spans.all.to)));
    return rows.empty() ? std::nullopt : std::optional(rows[0][0].as<int>());
}

std::optional<AnalyticsQuery::Slice> AnalyticsQuery::choose_filter(const AnalyticsFilter &filter,
                                                                   std::optional<Dimension> by) const {
    if (m_tenants.empty())
        return std::nullopt;
    const int told = by ? place_of(*by).number : everything;
    const auto slot = kept_filter(filter, told == 8);
    if (!slot)
        return std::nullopt;
    const int dimension = of_first_filter + *slot * dimensions_of_a_filter + told;
    if (told == 8 && !filter.test_id.empty())
        return Slice{dimension, "starts_with(value, " + m_work.quote(filter.test_id + ":") + ")",
                     fmt::format("substr(value, {})", filter.test_id.size() + 2)};
    return told == everything ? Slice{dimension, "value = ''", "''"} : Slice{dimension, "true", "value"};
}

void AnalyticsQuery::choose_facts(const AnalyticsFilter &filter, std::optional<Dimension> by) {
    for (const auto &[number, value] : wanted_values(filter)) {
        const std::string quoted = m_work.quote(value);
        if (number == 7) {
            m_page = quoted;
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
        m_by_page = true;
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
    return fmt::format("visit_facts f{} WHERE {} AND f.day BETWEEN '{}' AND '{}'{}{}", m_facts_joins,
                       tenant_condition("f.tenant_id"), day_text(m_spans.all.from), day_text(m_spans.all.to),
                       m_facts_condition, m_page.empty() ? "" : " AND f.pages @> ARRAY[" + m_page + "]");
}

} // namespace studio::db
