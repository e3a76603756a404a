// SPDX-License-Identifier: Apache-2.0
// The part of AnalyticsStore that reads single visits and the present moment's figures.
#include "db/analytics/analytics_sql.h"
#include "db/analytics/analytics_store.h"
#include "db/connection/rows.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::db {

namespace {

// Text arrays are selected as lines, because no step contains a line feed.
std::vector<std::string> lines_of(const pqxx::field &field) {
    std::vector<std::string> lines;
    const std::string text = field.c_str();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string keyset(pqxx::work &work, const VisitRow &last) {
    if (!is_uuid(last.visit_id)) {
        throw Error(ErrorKind::Invalid, "The list goes on after a visit.");
    }
    return fmt::format(
        " AND (f.day, f.started_at, f.visit_id) < ('{}', '1970-01-01 00:00:00+00'::timestamptz "
        "+ {} * interval '1 microsecond', {})",
        day_text(last.day), base::to_microseconds(last.started_at), work.quote(last.visit_id));
}

VisitRow visit_of(const pqxx::row &row) {
    return {models::SessionId(row["visit_id"].c_str()),
            time_of(row["started"]),
            row["source"].c_str(),
            row["medium"].c_str(),
            row["campaign"].c_str(),
            row["device"].c_str(),
            row["browser"].c_str(),
            row["country"].c_str(),
            lines_of(row["pages"]),
            lines_of(row["path"]),
            row["page_views"].as<int>(),
            row["seconds"].as<int>(),
            row["stage"].as<int>(),
            row["bookings"].as<int>(),
            static_cast<double>(row["value_minor"].as<std::int64_t>()) / 100,
            std::chrono::sys_days(std::chrono::days(row["day"].as<int>()))};
}

} // namespace

std::int64_t AnalyticsStore::visitors(const models::TenantId &tenant_id, DateRange range,
                                      const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec1("SELECT " VISITORS_OF_VISITS " FROM " +
                   AnalyticsSql(work, tenant_id, range, filter).facts())[0]
            .as<std::int64_t>();
    });
}

std::vector<ValueVisitors> AnalyticsStore::visitors_by(const models::TenantId &tenant_id, DateRange range,
                                                       Dimension dimension, int max_rows,
                                                       const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsSql query(work, tenant_id, range, filter, dimension);
        std::vector<ValueVisitors> rows;
        for (const auto &row : work.exec(fmt::format("SELECT {} AS label, " VISITORS_OF_VISITS
                                                     " FROM {} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {}",
                                                     query.label(), query.labelled_facts(), max_rows))) {
            rows.push_back({row[0].c_str(), row[1].as<std::int64_t>()});
        }
        return rows;
    });
}

std::vector<Journey> AnalyticsStore::journeys(const models::TenantId &tenant_id, DateRange range,
                                              int max_rows, const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Journey> journeys;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT array_to_string(f.path, E'\\n') AS path, sum(f.visits) AS visits, "
                 "sum(f.bookings) AS bookings FROM {} AND f.path IS NOT NULL GROUP BY f.path ORDER "
                 "BY visits DESC, f.path LIMIT {}",
                 AnalyticsSql(work, tenant_id, range, filter).facts(), max_rows))) {
            journeys.push_back({lines_of(row[0]), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
        }
        return journeys;
    });
}

// Reads each tenant's newest visits along the primary key, and takes the newest of these.
std::vector<VisitRow> AnalyticsStore::visits(const models::TenantId &tenant_id, DateRange range,
                                             const AnalyticsFilter &filter, int max_rows,
                                             const std::optional<VisitRow> &after) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const std::string behind = after ? keyset(work, *after) : "";
        if (after) {
            range.to = std::clamp(after->day, range.from, range.to);
        }
        const AnalyticsSql query(work, tenant_id, range, filter);
        constexpr const char *newest_first = "ORDER BY f.day DESC, f.started_at DESC, f.visit_id DESC LIMIT";
        std::vector<VisitRow> visits;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT f.visit_id, f.day - '1970-01-01'::date AS day, " SQL_MICROSECONDS(
                     "f.started_at") " AS started, f.source, f.medium, f.campaign, f.device, f.browser, "
                                     "f.country, array_to_string(f.pages, E'\\n') AS pages, "
                                     "array_to_string(f.path, E'\\n') AS path, f.page_views, f.seconds, "
                                     "f.stage, f.bookings, f.value_minor FROM tenants t CROSS JOIN LATERAL "
                                     "(SELECT * FROM {} AND f.tenant_id = t.id{} {} {}) f "
                                     "WHERE {} {} {}",
                 query.facts(), behind, newest_first, max_rows, query.tenant_condition("t.id"), newest_first,
                 max_rows))) {
            visits.push_back(visit_of(row));
        }
        return visits;
    });
}

std::vector<BotRow> AnalyticsStore::bots(const models::TenantId &tenant_id, DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsSql query(work, tenant_id, range);
        std::vector<BotRow> rows;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT bot_class, sum(visits) AS visits, sum(pages) AS pages FROM ("
                 "SELECT s.bot_class, count(*) AS visits, 0 AS pages FROM tenants t CROSS JOIN LATERAL ("
                 "SELECT zone FROM tenant_settings_history h WHERE h.tenant_id = t.id ORDER BY since DESC "
                 "LIMIT 1) z JOIN sessions s ON s.tenant_id = t.id AND s.bot_class IS NOT NULL AND "
                 "s.created_at >= '{2}'::timestamp AT TIME ZONE z.zone AND "
                 "s.created_at < ('{3}'::timestamp + interval '1 day') AT TIME ZONE z.zone "
                 "WHERE {0} GROUP BY 1 UNION ALL "
                 "SELECT bot_class, 0, sum(hits) FROM bot_visits WHERE {1} AND day BETWEEN '{2}' AND '{3}' "
                 "GROUP BY 1) AS counted GROUP BY 1 ORDER BY pages DESC, visits DESC, bot_class",
                 query.tenant_condition("t.id"), query.tenant_condition(), day_text(range.from),
                 day_text(range.to)))) {
            rows.push_back({row["bot_class"].c_str(), row["visits"].as<std::int64_t>(),
                            row["pages"].as<std::int64_t>()});
        }
        return rows;
    });
}

std::string AnalyticsStore::zone(const models::TenantId &tenant_id) {
    if (tenant_id.empty()) {
        return "UTC";
    }
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT zone FROM tenant_settings_history WHERE tenant_id = $1 "
                                           "ORDER BY since DESC LIMIT 1",
                                           tenant_id);
        return rows.empty() ? std::string(models::default_timezone) : std::string(rows[0][0].c_str());
    });
}

int AnalyticsStore::visitors_now(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1(
                "SELECT count(DISTINCT coalesce(s.visitor_id, s.id)) FROM events e JOIN sessions s ON s.id = "
                "e.session_id AND s.tenant_id = e.tenant_id WHERE e.tenant_id = $1 AND e.created_at > now() "
                "- interval '5 minutes' AND e.created_at <= now() + interval '1 minute' AND s.bot_class IS "
                "NULL",
                tenant_id)[0]
            .as<int>();
    });
}

base::Time AnalyticsStore::fresh_until(const models::TenantId &tenant_id) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const std::string condition = tenant_id.empty() ? "true" : "tenant_id = " + work.quote(tenant_id);
        return time_of(work.exec1(
            fmt::format("SELECT " SQL_MICROSECONDS(
                            "coalesce((SELECT min(marked_at) FROM touched_visits WHERE {}), now())"),
                        condition))[0]);
    });
}

} // namespace studio::db
