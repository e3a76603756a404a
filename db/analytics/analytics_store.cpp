// SPDX-License-Identifier: Apache-2.0
// The part of AnalyticsStore that reads sums; visit_queries.cpp reads single visits.
#include "db/analytics/analytics_store.h"

#include "db/analytics/analytics_sql.h"
#include "db/connection/rows.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

#define STEPS_OF_SUMS                                                                                        \
    "sum(step0) AS step0, sum(step1) AS step1, sum(step2) AS step2, sum(step3) AS step3, sum(step4) AS "     \
    "step4"

// The time zone of a local time: the tenant's at that time, or UTC for all tenants together.
std::string zone_on(pqxx::work &work, const models::TenantId &tenant_id, const std::string &local_time) {
    if (tenant_id.empty()) {
        return "'UTC'";
    }
    return fmt::format("coalesce((SELECT zone FROM tenant_settings_history WHERE tenant_id = {} AND since <= "
                       "({}) AT TIME ZONE 'UTC' ORDER BY since DESC LIMIT 1), {})",
                       work.quote(tenant_id), local_time, work.quote(models::default_timezone));
}

// Hours are those of the tenant's time zone, where a day may have 23 or 25.
std::string hourly_trend(pqxx::work &work, const AnalyticsSql &query, const models::TenantId &tenant_id) {
    const auto midnight = [&](sys_days day) {
        const std::string local = "'" + day_text(day) + "'::timestamp";
        return local + " AT TIME ZONE " + zone_on(work, tenant_id, local);
    };
    return fmt::format(
        "SELECT coalesce(h.starts_at, s.starts_at) AS start, s.* FROM generate_series({}, {} - "
        "interval '1 hour', '1 hour') AS h (starts_at) FULL JOIN (SELECT starts_at, "
        "sum(visitors) AS visitors, " SUMS_OF_HOURS " FROM ({}) h GROUP BY starts_at) s ON "
        "s.starts_at = h.starts_at",
        midnight(query.range().from), midnight(query.range().to + days(1)), query.hours());
}

// A month that is partly in the range begins with its first day in the range.
std::string longer_trend(pqxx::work &work, const AnalyticsSql &query, const models::TenantId &tenant_id,
                         bool by_month) {
    const std::string first = "'" + day_text(query.range().from) + "'::timestamp";
    return fmt::format(
        "SELECT p.period AT TIME ZONE {} AS start, s.* FROM (SELECT greatest(each, {}) AS period FROM "
        "generate_series(date_trunc('{}', {}), '{}'::timestamp, '1 {}') AS each) p LEFT JOIN (SELECT "
        "greatest(date_trunc('{}', day::timestamp), {}) AS period, {} AS visitors, " SUMS_OF_HOURS
        " FROM ({}) d GROUP BY 1) s ON s.period = p.period",
        zone_on(work, tenant_id, "p.period"), first, by_month ? "month" : "day", first,
        day_text(query.range().to), by_month ? "month" : "day", by_month ? "month" : "day", first,
        by_month ? "NULL::bigint" : "sum(visitors)",
        query.rows(by_month ? AnalyticsSql::Visitors::Left : AnalyticsSql::Visitors::Counted));
}

std::vector<PlatformTenant> platform_tenants(pqxx::work &work, const std::string &rows,
                                             const std::string &rows_without_visit) {
    std::vector<PlatformTenant> tenants;
    for (const auto &row : work.exec(fmt::format(
             "SELECT t.id, t.subdomain, t.name, t.status, " SQL_CURRENCY
             " AS currency, w.requests, s.* FROM tenants t LEFT JOIN (SELECT tenant_id, " SUMS_OF_HOURS
             " FROM ({}) d GROUP BY tenant_id) s ON s.tenant_id = t.id LEFT JOIN (SELECT tenant_id, "
             "sum(bookings) AS requests FROM ({}) d GROUP BY tenant_id) w ON w.tenant_id = t.id ORDER BY "
             "s.visits DESC NULLS LAST, t.subdomain",
             rows, rows_without_visit))) {
        tenants.push_back({models::TenantId(row["id"].c_str()), row["subdomain"].c_str(), row["name"].c_str(),
                           row["status"].c_str(), row["currency"].c_str(), totals_of(row, true),
                           row["requests"].as<std::int64_t>(0)});
    }
    return tenants;
}

std::vector<PlatformMonth> platform_months(pqxx::work &work, const std::string &rows, DateRange range) {
    std::vector<PlatformMonth> months;
    for (const auto &row : work.exec(fmt::format(
             "SELECT m.month::date - '1970-01-01'::date, coalesce(sum(d.visits), 0), "
             "coalesce(sum(d.bookings), "
             "0) FROM generate_series(date_trunc('month', '{}'::timestamp), '{}'::timestamp, '1 month') AS m "
             "(month) LEFT JOIN ({}) d ON date_trunc('month', d.day::timestamp) = m.month GROUP BY m.month "
             "ORDER BY 1",
             day_text(range.from), day_text(range.to), rows))) {
        months.push_back(
            {sys_days(days(row[0].as<int>())), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
    }
    return months;
}

} // namespace

bool AnalyticsStore::from_sums(const AnalyticsFilter &filter, std::optional<Dimension> by) {
    return AnalyticsSql::in_sums(filter, by);
}

Totals AnalyticsStore::totals(const models::TenantId &tenant_id, DateRange range,
                              const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsSql query(work, tenant_id, range, filter);
        return totals_of(work.exec1("SELECT " SUMS_OF_HOURS " FROM (" + query.rows() + ") d"),
                         !query.all_tenants());
    });
}

std::vector<TrendPoint> AnalyticsStore::trend(const models::TenantId &tenant_id, DateRange range, Grain grain,
                                              const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsSql query(work, tenant_id, range, filter);
        const std::string select = grain == Grain::Hour
                                       ? hourly_trend(work, query, tenant_id)
                                       : longer_trend(work, query, tenant_id, grain == Grain::Month);
        std::vector<TrendPoint> points;
        for (const auto &row : work.exec("SELECT " SQL_MICROSECONDS("start") " AS start_us, t.* FROM (" +
                                         select + ") t ORDER BY start")) {
            TrendPoint point{time_of(row["start_us"]), totals_of(row, !query.all_tenants()), {}};
            if (grain != Grain::Month) {
                point.visitors = row["visitors"].as<std::int64_t>(0);
            }
            points.push_back(point);
        }
        return points;
    });
}

std::vector<BreakdownRow> AnalyticsStore::breakdown(const models::TenantId &tenant_id, DateRange range,
                                                    Dimension dimension, int max_rows,
                                                    const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsSql query(work, tenant_id, range, filter, dimension);
        const bool services = dimension == Dimension::Service;
        std::vector<BreakdownRow> rows;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT label, " SUMS_OF_HOURS " FROM ({}) d GROUP BY label ORDER BY {} DESC, label COLLATE "
                 "\"C\" LIMIT {}",
                 query.rows(), services ? "bookings" : "visits", max_rows))) {
            Totals totals = totals_of(row, !query.all_tenants());
            if (services) {
                totals = {.bookings = totals.bookings, .value = totals.value};
            }
            rows.push_back({row["label"].c_str(), totals});
        }
        return rows;
    });
}

std::vector<Funnel> AnalyticsStore::funnel(const models::TenantId &tenant_id, DateRange range,
                                           std::optional<Dimension> split, const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Funnel> funnels;
        const AnalyticsSql query(work, tenant_id, range, filter, split);
        for (const auto &row : work.exec("SELECT label, " STEPS_OF_SUMS " FROM (" + query.rows() +
                                         ") d GROUP BY label HAVING sum(visits) > 0 ORDER BY sum(visits) "
                                         "DESC, label COLLATE \"C\"")) {
            Funnel funnel{row["label"].c_str(), {}};
            for (std::size_t step = 0; step < funnel.visits.size(); ++step) {
                funnel.visits[step] = row[static_cast<pqxx::row::size_type>(step + 1)].as<std::int64_t>();
            }
            funnels.push_back(std::move(funnel));
        }
        if (!split && funnels.empty()) {
            funnels.push_back({});
        }
        return funnels;
    });
}

std::vector<CurrencyValue> AnalyticsStore::values(const models::TenantId &tenant_id, DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<CurrencyValue> values;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT " SQL_CURRENCY
                 " AS currency, sum(d.value_minor) AS value FROM ({}) d JOIN tenants t "
                 "ON t.id = d.tenant_id GROUP BY 1 HAVING sum(d.value_minor) > 0 ORDER BY 2 DESC, 1",
                 AnalyticsSql(work, tenant_id, range).rows()))) {
            values.push_back({row[0].c_str(), static_cast<double>(row[1].as<std::int64_t>()) / 100});
        }
        return values;
    });
}

std::vector<BookingServiceRow> AnalyticsStore::bookings_by_service(const models::TenantId &tenant_id,
                                                                   DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        AnalyticsSql query(work, tenant_id, range, {}, Dimension::Service);
        const std::string counted = query.rows();
        query.ask_by(AnalyticsSql::Slice::CancelledService);
        std::vector<BookingServiceRow> rows;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT label, sum(bookings) AS bookings, sum(cancelled) AS cancelled, sum(value_minor) AS "
                 "value FROM (SELECT label, bookings, 0 AS cancelled, value_minor FROM ({}) c UNION ALL "
                 "SELECT label, 0, bookings, 0 FROM ({}) x) d GROUP BY label ORDER BY bookings DESC, label "
                 "COLLATE \"C\"",
                 counted, query.rows()))) {
            rows.push_back(
                {row["label"].c_str(), row["bookings"].as<std::int64_t>(),
                 row["cancelled"].as<std::int64_t>(),
                 query.all_tenants() ? 0 : static_cast<double>(row["value"].as<std::int64_t>()) / 100});
        }
        return rows;
    });
}

RequestsWithoutVisit AnalyticsStore::requests_without_visit(const models::TenantId &tenant_id,
                                                            DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        AnalyticsSql query(work, tenant_id, range);
        query.ask_by(AnalyticsSql::Slice::WithoutVisit);
        const auto counted =
            work.exec1("SELECT sum(bookings), sum(value_minor) FROM (" + query.rows() + ") d");
        query.ask_by(AnalyticsSql::Slice::CancelledWithoutVisit);
        const auto cancelled = work.exec1("SELECT sum(bookings) FROM (" + query.rows() + ") d");
        return RequestsWithoutVisit{
            counted[0].as<std::int64_t>(0), cancelled[0].as<std::int64_t>(0),
            query.all_tenants() ? 0 : static_cast<double>(counted[1].as<std::int64_t>(0)) / 100};
    });
}

std::vector<HeatCell> AnalyticsStore::heat_map(const models::TenantId &tenant_id, DateRange range,
                                               const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<HeatCell> cells;
        for (const auto &row : work.exec(
                 "SELECT extract(isodow FROM day)::integer - 1, hour, sum(visits), sum(bookings) FROM (" +
                 AnalyticsSql(work, tenant_id, range, filter).hours() + ") h GROUP BY 1, 2 ORDER BY 1, 2")) {
            cells.push_back(
                {row[0].as<int>(), row[1].as<int>(), row[2].as<std::int64_t>(), row[3].as<std::int64_t>()});
        }
        return cells;
    });
}

PlatformFigures AnalyticsStore::platform(DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        AnalyticsSql query(work, {}, range);
        const std::string rows = query.rows();
        query.ask_by(AnalyticsSql::Slice::WithoutVisit);
        PlatformFigures figures{platform_tenants(work, rows, query.rows()), 0,
                                platform_months(work, rows, range), 0, 0};
        for (const PlatformTenant &tenant : figures.tenants) {
            figures.active_tenants += tenant.status == "active";
        }
        const auto tests = work.exec1(fmt::format(
            "SELECT count(*), count(*) FILTER (WHERE winner_variant_id <> variants -> 0 ->> 'id' AND "
            "reverted_at IS NULL) FROM ab_tests WHERE status = 'completed' AND ended_at >= '{}'::timestamptz "
            "AND ended_at < '{}'::timestamptz + interval '1 day'",
            day_text(range.from), day_text(range.to)));
        figures.tests_ended = tests[0].as<std::int64_t>();
        figures.tests_won = tests[1].as<std::int64_t>();
        return figures;
    });
}

} // namespace studio::db
