// SPDX-License-Identifier: Apache-2.0
#include "db/analytics_store.h"

#include "db/analytics_query.h"
#include "db/rows.h"

#include <fmt/format.h>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

// The zone that stood on a day, of a tenant; UTC for all of them together.
std::string zone_on(pqxx::work &work, const std::string &tenant_id, const std::string &local_time) {
    if (tenant_id.empty())
        return "'UTC'";
    return fmt::format(
        "coalesce((SELECT zone FROM tenant_settings_history WHERE tenant_id = {} AND since <= ({}) AT "
        "TIME ZONE 'UTC' ORDER BY since DESC LIMIT 1), 'UTC')",
        work.quote(tenant_id), local_time);
}

// Sums of each hour of the query's range.
std::string totals_by_hour(const AnalyticsQuery &query) {
    if (query.hours_are_kept())
        return fmt::format(
            "SELECT hour AS period, sum(visits) AS visits, sum(visitors) AS visitors, sum(page_views) AS "
            "page_views, sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged, "
            "sum(bounced) AS bounced, sum(bookings) AS bookings, sum(value_minor) AS value_minor, " NO_PEOPLE
            " FROM rollup_hours WHERE {} AND day BETWEEN '{}' AND '{}' GROUP BY hour",
            query.slice_condition(), day_text(query.spans().all.from), day_text(query.spans().all.to));
    return fmt::format(
        "SELECT f.hour AS period, sum(f.visits) AS visits, count(DISTINCT f.visitor) FILTER (WHERE f.visits "
        "> 0) AS visitors, sum({}) AS page_views, sum(f.seconds) AS seconds, count(*) FILTER (WHERE "
        "f.events > 1) AS timed, sum(f.engaged) AS engaged, sum(f.bounced) AS bounced, sum(f.bookings) AS "
        "bookings, sum(f.value_minor) AS value_minor, " NO_PEOPLE " FROM {} GROUP BY 1",
        query.facts_page_views(), query.facts_from());
}

std::vector<TrendPoint> points_of(const pqxx::result &rows) {
    std::vector<TrendPoint> points;
    for (const auto &row : rows)
        points.push_back({row["start"].as<std::int64_t>(), totals_of(row)});
    return points;
}

std::string daily_trend(pqxx::work &work, const AnalyticsQuery &query, const std::string &tenant_id) {
    return fmt::format(
        "SELECT " SQL_MICROSECONDS(
            "(d.day AT TIME ZONE {})") " AS start, " TOTALS_COLUMNS
                                       " FROM generate_series('{}'::timestamp, '{}'::timestamp, '1 day') AS "
                                       "d (day) LEFT JOIN ({}) sums ON "
                                       "sums.period = d.day::date ORDER BY d.day",
        zone_on(work, tenant_id, "d.day"), day_text(query.spans().all.from), day_text(query.spans().all.to),
        query.totals_by_day());
}

// Hours go by the clock of the tenant, whose days of 23 and 25 hours they follow.
std::string hourly_trend(pqxx::work &work, const AnalyticsQuery &query, const std::string &tenant_id) {
    const auto midnight = [&](sys_days day) {
        const std::string local = "'" + day_text(day) + "'::timestamp";
        return local + " AT TIME ZONE " + zone_on(work, tenant_id, local);
    };
    return fmt::format(
        "SELECT " SQL_MICROSECONDS(
            "coalesce(h.hour, sums.period)") " AS start, " TOTALS_COLUMNS
                                             " FROM generate_series({}, {} - interval '1 hour', '1 hour') AS "
                                             "h (hour) FULL JOIN ({}) sums ON "
                                             "sums.period = h.hour ORDER BY 1",
        midnight(query.spans().all.from), midnight(query.spans().all.to + days(1)), totals_by_hour(query));
}

void require_order(DateRange range) {
    if (range.to < range.from)
        throw Error(ErrorKind::Invalid, "The range ends before it begins.");
    if (range.to - range.from > days(366 * 20))
        throw Error(ErrorKind::Invalid, "The range is longer than twenty years.");
}

Totals totals_in(pqxx::work &work, const std::string &tenant_id, DateRange range,
                 const AnalyticsFilter &filter) {
    const AnalyticsQuery query(work, tenant_id, range, filter);
    const auto rows = work.exec(query.totals_by_label());
    return rows.empty() ? Totals{} : totals_of(rows[0]);
}

std::string monthly_trend(pqxx::work &work, const AnalyticsQuery &query, const std::string &tenant_id) {
    return fmt::format(
        "SELECT " SQL_MICROSECONDS(
            "(m.month AT TIME ZONE {0})") " AS start, " TOTALS_COLUMNS
                                          " FROM (SELECT greatest(month, '{1}'::timestamp) AS month FROM "
                                          "generate_series(date_trunc('month', '{1}'::timestamp), "
                                          "'{2}'::timestamp, '1 month') AS each (month)) m LEFT JOIN ({3}) "
                                          "sums ON sums.period = m.month::date ORDER BY m.month",
        zone_on(work, tenant_id, "m.month"), day_text(query.spans().all.from), day_text(query.spans().all.to),
        query.totals_by_month());
}

} // namespace

Totals AnalyticsStore::totals(const std::string &tenant_id, DateRange range, const AnalyticsFilter &filter) {
    require_order(range);
    return m_session.impl().transact(
        [&](pqxx::work &work) { return totals_in(work, tenant_id, range, filter); });
}

std::vector<TrendPoint> AnalyticsStore::trend(const std::string &tenant_id, DateRange range, Grain grain,
                                              const AnalyticsFilter &filter) {
    require_order(range);
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsQuery query(work, tenant_id, range, filter, {},
                                   grain == Grain::Hour ? AnswersFrom::Visits : AnswersFrom::Sums);
        if (grain == Grain::Hour)
            return points_of(work.exec(hourly_trend(work, query, tenant_id)));
        if (grain == Grain::Month)
            return points_of(work.exec(monthly_trend(work, query, tenant_id)));
        return points_of(work.exec(daily_trend(work, query, tenant_id)));
    });
}

int AnalyticsStore::visitors_now(const std::string &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1(
                "SELECT count(DISTINCT coalesce(s.visitor_id, s.id)) FROM events e JOIN sessions s ON s.id = "
                "e.session_id AND s.tenant_id = e.tenant_id WHERE e.tenant_id = $1 AND e.created_at > now() "
                "- "
                "interval '5 minutes' AND e.created_at <= now() + interval '1 minute' AND s.bot_class IS "
                "NULL",
                tenant_id)[0]
            .as<int>();
    });
}

std::int64_t AnalyticsStore::fresh_until_us(const std::string &tenant_id) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const std::string condition = tenant_id.empty() ? "true" : "tenant_id = " + work.quote(tenant_id);
        return work
            .exec1(fmt::format("SELECT " SQL_MICROSECONDS(
                                   "coalesce((SELECT min(marked_at) FROM analytics_dirty WHERE {}), now())"),
                               condition))[0]
            .as<std::int64_t>();
    });
}

std::optional<int> AnalyticsStore::refresh(int most, std::chrono::milliseconds rested) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return optional_int(work.exec_params1("SELECT analytics_refresh($1, $2 * interval '1 millisecond')",
                                              most, rested.count())[0]);
    });
}

bool AnalyticsStore::keep_filters(int most) {
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec("SET LOCAL statement_timeout = '10min'"); // one day of very many visits
        return work.exec_params1("SELECT analytics_keep_filters($1)", most)[0].as<bool>(false);
    });
}

} // namespace studio::db
