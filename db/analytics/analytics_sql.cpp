// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_sql.h"

#include "db/connection/rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::db {

namespace {

using std::chrono::sys_days;

// A dimension: its number in visit_slices, its column, and the filter's field that is compared with the
// column.
struct Place {
    Dimension dimension;
    int number;
    const char *column;
    std::string AnalyticsFilter::*wanted;
};
constexpr std::array places{Place{Dimension::Source, 1, "f.source", &AnalyticsFilter::source},
                            Place{Dimension::Medium, 2, "f.medium", &AnalyticsFilter::medium},
                            Place{Dimension::Campaign, 3, "f.campaign", &AnalyticsFilter::campaign},
                            Place{Dimension::Device, 4, "f.device", &AnalyticsFilter::device},
                            Place{Dimension::Browser, 5, "f.browser", &AnalyticsFilter::browser},
                            Place{Dimension::Country, 6, "f.country", &AnalyticsFilter::country},
                            Place{Dimension::Page, 7, nullptr, &AnalyticsFilter::page},
                            Place{Dimension::Variant, 8, nullptr, nullptr},
                            Place{Dimension::Service, 9, nullptr, nullptr}};

const Place &place_of(Dimension dimension) {
    return *std::ranges::find(places, dimension, &Place::dimension);
}

constexpr const char *sums_of_visits =
    "sum(f.visits) AS visits, sum({}) AS page_views, sum(f.seconds) AS seconds, count(*) FILTER (WHERE "
    "f.timed) AS timed, count(*) FILTER (WHERE f.engaged) AS engaged, count(*) FILTER (WHERE f.bounced) AS "
    "bounced, sum(f.bookings) AS bookings, sum(f.value_minor) AS value_minor";
constexpr const char *steps_of_visits =
    "count(*) FILTER (WHERE f.stage >= 0) AS step0, count(*) FILTER (WHERE f.stage >= 1) AS step1, count(*) "
    "FILTER (WHERE f.stage >= 2) AS step2, count(*) FILTER (WHERE f.stage >= 3) AS step3, count(*) FILTER "
    "(WHERE f.stage >= 4) AS step4";

} // namespace

std::string day_text(sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Totals totals_of(const pqxx::row &row, bool with_value) {
    const auto number = [&](const char *name) { return row[name].as<std::int64_t>(0); };
    Totals totals;
    totals.visits = number("visits");
    totals.page_views = number("page_views");
    totals.seconds = number("seconds");
    totals.timed_visits = number("timed");
    totals.engaged_visits = number("engaged");
    totals.bounced_visits = number("bounced");
    totals.bookings = number("bookings");
    totals.value = with_value ? static_cast<double>(number("value_minor")) / 100 : 0;
    return totals;
}

AnalyticsSql::AnalyticsSql(pqxx::work &work, const models::TenantId &tenant_id, DateRange range,
                           const AnalyticsFilter &filter, std::optional<Dimension> by)
    : m_range(range) {
    if (range.to < range.from) {
        throw Error(ErrorKind::Invalid, "The range ends before it begins.");
    }
    if (range.to - range.from > std::chrono::days(366 * 20)) {
        throw Error(ErrorKind::Invalid, "The range is longer than 20 years.");
    }
    if (!tenant_id.empty()) {
        require_tenant_id(tenant_id);
        m_tenant = work.quote(tenant_id);
    }
    m_in_sums = in_sums(filter, by);
    m_hours_in_sums = filter == AnalyticsFilter{};
    choose_conditions(work, filter, by);
    read_dirty_days(work);
}

bool AnalyticsSql::in_sums(const AnalyticsFilter &filter, std::optional<Dimension> by) {
    std::optional<Dimension> wanted;
    for (const Place &place : places) {
        if (place.wanted && !(filter.*place.wanted).empty()) {
            if (wanted) {
                return false;
            }
            wanted = place.dimension;
        }
    }
    if (!filter.test_id.empty()) {
        if (filter.variant_id.empty()) {
            return !wanted && by == Dimension::Variant;
        }
        if (wanted) {
            return false;
        }
        wanted = Dimension::Variant;
    }
    return !wanted || !by || (*by == *wanted && place_of(*by).column);
}

void AnalyticsSql::choose_conditions(pqxx::work &work, const AnalyticsFilter &filter,
                                     std::optional<Dimension> by) {
    if (by) {
        const Place &place = place_of(*by);
        m_sums_dimension = place.number;
        m_sums_label = "value";
        m_slices_dimension = place.column ? 0 : place.number;
        m_label = place.column ? place.column : "f.value";
    }
    for (const Place &place : places) {
        if (!place.wanted || (filter.*place.wanted).empty()) {
            continue;
        }
        const std::string value = work.quote(filter.*place.wanted);
        if (place.column) {
            m_conditions += fmt::format(" AND {} = {}", place.column, value);
        } else {
            m_conditions += fmt::format(" AND {} = ANY (f.pages)", value);
            if (by != Dimension::Page) {
                m_page_views = fmt::format("f.page_counts[array_position(f.pages, {})]", value);
            }
        }
        m_sums_dimension = place.number;
        m_sums_condition = "value = " + value;
    }
    if (filter.test_id.empty()) {
        return;
    }
    const std::string test = work.quote(filter.test_id + ":");
    if (by == Dimension::Variant) {
        m_conditions += fmt::format(" AND starts_with(f.value, {})", test);
        m_sums_condition = fmt::format("starts_with(value, {})", test);
        m_sums_label = fmt::format("substr(value, {})", filter.test_id.size() + 2);
        m_label = fmt::format("substr(f.value, {})", filter.test_id.size() + 2);
    }
    if (!filter.variant_id.empty()) {
        const std::string variant = work.quote(filter.test_id + ":" + filter.variant_id);
        m_conditions += fmt::format(" AND {} = ANY (f.variants)", variant);
        m_sums_dimension = place_of(Dimension::Variant).number;
        m_sums_condition = "value = " + variant;
    } else if (by != Dimension::Variant) {
        m_conditions += fmt::format(
            " AND EXISTS (SELECT FROM unnest(f.variants) AS v (name) WHERE starts_with(v.name, {}))", test);
    }
}

// Days as literals let the planner leave out the other months' partitions. Parallel plans and compiled
// expressions are off, because every measured query was slower with them.
void AnalyticsSql::read_dirty_days(pqxx::work &work) {
    const auto rows = work.exec(fmt::format(
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; "
        "SET LOCAL max_parallel_workers_per_gather = 0; SELECT DISTINCT f.day FROM dirty_days f WHERE {} AND "
        "{} ORDER BY 1",
        tenant_condition("f.tenant_id"), days()));
    for (const auto &row : rows) {
        m_dirty_days += (m_dirty_days.empty() ? "'" : ", '") + std::string(row[0].c_str()) + "'";
    }
    if (m_range.last_day_until) {
        m_dirty_days += (m_dirty_days.empty() ? "'" : ", '") + day_text(m_range.to) + "'";
    }
}

std::string AnalyticsSql::tenant_condition(const std::string &column) const {
    return m_tenant.empty() ? "true" : column + " = " + m_tenant;
}

std::string AnalyticsSql::days(const std::string &column) const {
    return fmt::format("{} BETWEEN '{}' AND '{}'", column, day_text(m_range.from), day_text(m_range.to));
}

// For all tenants together, each tenant's own dirty days.
std::string AnalyticsSql::dirty_days() const {
    std::string condition = " AND f.day IN (" + m_dirty_days + ")";
    if (all_tenants()) {
        condition += fmt::format(
            " AND (f.day = '{}' OR (f.tenant_id, f.day) IN (SELECT d.tenant_id, d.day FROM dirty_days d))",
            m_range.last_day_until ? day_text(m_range.to) : "-infinity");
    }
    return condition;
}

std::string AnalyticsSql::clean_days() const {
    std::string condition = fmt::format("{} AND {}", tenant_condition(), days("day"));
    if (m_dirty_days.empty()) {
        return condition;
    }
    if (!all_tenants()) {
        return condition + " AND day NOT IN (" + m_dirty_days + ")";
    }
    if (m_range.last_day_until) {
        condition += " AND day <> '" + day_text(m_range.to) + "'";
    }
    return condition + " AND (tenant_id, day) NOT IN (SELECT d.tenant_id, d.day FROM dirty_days d)";
}

std::string AnalyticsSql::facts() const {
    std::string until;
    if (m_range.last_day_until) {
        until = fmt::format(" AND (f.day < '{}' OR f.minute_of_day < {})", day_text(m_range.to),
                            m_range.last_day_until->count());
    }
    const bool of_visits = m_slices_dimension < static_cast<int>(Slice::WithoutVisit);
    return fmt::format("visit_facts f WHERE {} AND {}{}{}{}", tenant_condition("f.tenant_id"), days(),
                       of_visits ? " AND f.visits > 0" : "", until, m_conditions);
}

std::string AnalyticsSql::labelled_facts() const {
    if (m_slices_dimension == 0) {
        return facts();
    }
    std::string from = facts();
    from.replace(0, std::string_view("visit_facts").size(), "visit_slices");
    return from + fmt::format(" AND f.dimension = {}", m_slices_dimension);
}

std::string AnalyticsSql::visits_by_day(Visitors visitors, const std::string &condition) const {
    return fmt::format("SELECT f.tenant_id, {} AS label, f.day, {}, {}{} FROM {}{} GROUP BY 1, 2, 3", m_label,
                       fmt::format(fmt::runtime(sums_of_visits), m_page_views), steps_of_visits,
                       visitors == Visitors::Counted ? ", " VISITORS_OF_VISITS : "", labelled_facts(),
                       condition);
}

std::string AnalyticsSql::rows(Visitors visitors) const {
    if (!m_in_sums) {
        return visits_by_day(visitors, "");
    }
    std::string select = fmt::format("SELECT tenant_id, {} AS label, day, " SUM_COLUMNS
                                     "{} FROM daily WHERE {} AND dimension = {} AND {}",
                                     m_sums_label, visitors == Visitors::Counted ? ", visitors" : "",
                                     clean_days(), m_sums_dimension, m_sums_condition);
    if (!m_dirty_days.empty()) {
        select += " UNION ALL " + visits_by_day(visitors, dirty_days());
    }
    return select;
}

std::string AnalyticsSql::visits_by_hour(const std::string &condition) const {
    return fmt::format("SELECT f.day, date_trunc('minute', f.started_at) - (f.minute_of_day % 60) * interval "
                       "'1 minute' AS starts_at, f.minute_of_day / 60 AS hour, {}, " VISITORS_OF_VISITS
                       " FROM {}{} GROUP BY 1, 2, 3",
                       fmt::format(fmt::runtime(sums_of_visits), m_page_views), facts(), condition);
}

std::string AnalyticsSql::hours() const {
    if (!m_hours_in_sums) {
        return visits_by_hour("");
    }
    std::string select =
        "SELECT day, starts_at, hour, " HOUR_COLUMNS ", visitors FROM hourly WHERE " + clean_days();
    if (!m_dirty_days.empty()) {
        select += " UNION ALL " + visits_by_hour(dirty_days());
    }
    return select;
}

} // namespace studio::db
