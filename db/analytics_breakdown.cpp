// SPDX-License-Identifier: Apache-2.0
// The questions of AnalyticsStore that tell visits apart.
#include "db/analytics_query.h"
#include "db/analytics_store.h"
#include "db/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace studio::db {

namespace {

// Text arrays are read as lines: a step holds no line feed.
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

// Most visits first, then by their steps; the same journey of several tenants is one.
std::vector<Journey> commonest(pqxx::work &work, const PackedSums &ways, int most) {
    std::string numbers;
    for (const auto &[number, counts] : ways.by_key())
        numbers += (numbers.empty() ? "" : ",") + std::to_string(number);
    std::map<std::string, Journey> by_path;
    for (const auto &row : work.exec("SELECT number, array_to_string(list, E'\\n') FROM visit_lists WHERE "
                                     "number = ANY ('{" +
                                     numbers + "}')")) {
        const PackedNumbers &counts = ways.by_key().at(row[0].as<std::int64_t>());
        Journey &journey = by_path[row[1].c_str()];
        if (journey.steps.empty())
            journey.steps = lines_of(row[1]);
        journey.visits += counts.visits;
        journey.bookings += counts.bookings;
    }
    std::vector<Journey> journeys;
    for (auto &[path, journey] : by_path)
        journeys.push_back(std::move(journey));
    std::stable_sort(journeys.begin(), journeys.end(),
                     [](const Journey &one, const Journey &other) { return one.visits > other.visits; });
    journeys.resize(std::min(journeys.size(), static_cast<std::size_t>(std::max(most, 0))));
    return journeys;
}

std::vector<BreakdownRow> services(pqxx::work &work, const AnalyticsQuery &query, int most) {
    std::vector<BreakdownRow> rows;
    for (const auto &row : work.exec(
             fmt::format("SELECT coalesce(b.service_type, '') AS service, count(*) AS bookings, "
                         "coalesce(sum(b.value_minor), 0) AS value "
                         "FROM (SELECT f.session_id, f.tenant_id FROM {} AND f.bookings > 0) f JOIN bookings "
                         "b ON b.tenant_id = "
                         "f.tenant_id AND (b.session_id = f.session_id OR b.id = f.session_id AND "
                         "b.session_id IS NULL) WHERE b.status "
                         "NOT IN ('cancelled', 'spam') GROUP BY 1 ORDER BY bookings DESC, service LIMIT {}",
                         query.facts_from(), most))) {
        BreakdownRow service{row["service"].c_str(), {}};
        service.totals.bookings = row["bookings"].as<std::int64_t>();
        service.totals.value = static_cast<double>(row["value"].as<std::int64_t>()) / 100;
        rows.push_back(std::move(service));
    }
    return rows;
}

constexpr const char *newest_first = "ORDER BY f.day DESC, f.started_at DESC, f.session_id DESC";

std::string keyset(pqxx::work &work, const VisitRow &last) {
    if (!is_uuid(last.session_id))
        throw Error(ErrorKind::Invalid, "The list goes on after a visit.");
    return fmt::format(
        " AND (f.day, f.started_at, f.session_id) < ('{}', '1970-01-01 00:00:00+00'::timestamptz + {} * "
        "interval '1 microsecond', {})",
        day_text(last.day), last.started_us, work.quote(last.session_id));
}

std::string newest_of(const std::string &from, int most) {
    return fmt::format(
        "SELECT f.session_id, f.day - '1970-01-01'::date AS day, " SQL_MICROSECONDS(
            "f.started_at") " AS started, f.source, f.medium, f.campaign, f.device, f.browser, f.country, "
                            "array_to_string(f.pages, E'\\n') AS pages, array_to_string(f.path, E'\\n') AS "
                            "path, f.page_views, f.seconds, f.stage, f.bookings, f.value_minor FROM {} {} "
                            "LIMIT {}",
        from, newest_first, most);
}

// Those of the newest visits that match, where enough of them do.
std::string among_the_newest(const AnalyticsQuery &query, int most, const std::string &after) {
    constexpr int looked_at = 2000;
    return newest_of(query.facts_among(fmt::format(
                         "SELECT * FROM visit_facts f WHERE {} AND f.day BETWEEN '{}' AND '{}' AND "
                         "f.visits > 0{} {} LIMIT {}",
                         query.tenant_condition("f.tenant_id"), day_text(query.spans().all.from),
                         day_text(query.spans().all.to), after, newest_first, looked_at)),
                     most);
}

// The first of each combination, and of those the first: at most as many rows as there are combinations times
// `most`, however rare they are. Without a filter, and where it names a page, along the days.
std::string newest_visits(const AnalyticsQuery &query, const AnalyticsFilter &filter, int most,
                          const std::string &after) {
    std::string from = fmt::format("{} AND f.visits > 0{}", query.facts_from(), after);
    if (filter != AnalyticsFilter{} && filter.page.empty())
        from = fmt::format("visit_facts f WHERE f.session_id IN (SELECT n.session_id FROM ({0}) c CROSS JOIN "
                           "LATERAL (SELECT f.day, "
                           "f.started_at, f.session_id FROM visit_facts f WHERE f.tenant_id = c.tenant_id "
                           "AND f.combination = "
                           "c.combination AND f.day BETWEEN '{1}' AND '{2}' AND f.visits > 0{3} {4} LIMIT "
                           "{5}) n ORDER BY n.day DESC, "
                           "n.started_at DESC, n.session_id DESC LIMIT {5})",
                           query.combinations(), day_text(query.spans().all.from),
                           day_text(query.spans().all.to), after, newest_first, most);
    return newest_of(from, most);
}

VisitRow visit_of(const pqxx::row &row) {
    return {row["session_id"].c_str(),
            row["started"].as<std::int64_t>(),
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

std::vector<BreakdownRow> AnalyticsStore::breakdown(const std::string &tenant_id, DateRange range,
                                                    Dimension dimension, int most,
                                                    const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        if (dimension == Dimension::Service)
            return services(work, AnalyticsQuery(work, tenant_id, range, filter, {}, AnswersFrom::Visits),
                            most);
        std::vector<BreakdownRow> rows;
        const AnalyticsQuery query(work, tenant_id, range, filter, dimension);
        for (const auto &row : work.exec(fmt::format("SELECT label, " TOTALS_COLUMNS
                                                     " FROM ({}) parts WHERE visits > 0 OR bookings > 0 "
                                                     "ORDER BY visits DESC, label LIMIT {}",
                                                     query.totals_by_label(), most)))
            rows.push_back({row["label"].c_str(), totals_of(row)});
        return rows;
    });
}

std::vector<Funnel> AnalyticsStore::funnel(const std::string &tenant_id, DateRange range,
                                           std::optional<Dimension> split, const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Funnel> funnels;
        const AnalyticsQuery query(work, tenant_id, range, filter, split);
        for (const auto &row :
             work.exec("SELECT label, step0, step1, step2, step3, step4 FROM (" + query.totals_by_label() +
                       ") parts WHERE visits > 0 ORDER BY visits DESC, label")) {
            Funnel funnel{row["label"].c_str(), {}};
            for (std::size_t step = 0; step < funnel.visits.size(); ++step)
                funnel.visits[step] = row[static_cast<pqxx::row::size_type>(step + 1)].as<std::int64_t>(0);
            funnels.push_back(std::move(funnel));
        }
        if (!split && funnels.empty())
            funnels.push_back({});
        return funnels;
    });
}

std::vector<Journey> AnalyticsStore::journeys(const std::string &tenant_id, DateRange range, int most,
                                              const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return commonest(
            work, AnalyticsQuery(work, tenant_id, range, filter, {}, AnswersFrom::PackedSums).packed("ways"),
            most);
    });
}

std::vector<HeatCell> AnalyticsStore::heat_map(const std::string &tenant_id, DateRange range,
                                               const AnalyticsFilter &filter) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<HeatCell> cells;
        const PackedSums hours =
            AnalyticsQuery(work, tenant_id, range, filter, {}, AnswersFrom::PackedSums).packed("hours");
        for (const auto &[hour, numbers] : hours.by_key())
            cells.push_back(
                {static_cast<int>(hour / 24), static_cast<int>(hour % 24), numbers.visits, numbers.bookings});
        std::sort(cells.begin(), cells.end(), [](const HeatCell &one, const HeatCell &other) {
            return std::pair(one.weekday, one.hour) < std::pair(other.weekday, other.hour);
        });
        return cells;
    });
}

// Common visits are among the newest of all; rarer ones are looked for on the newest days first, until they
// hold enough.
std::vector<VisitRow> AnalyticsStore::visits(const std::string &tenant_id, DateRange range,
                                             const AnalyticsFilter &filter, int most,
                                             const std::optional<VisitRow> &after) {
    return m_session.impl().transact([&](pqxx::work &work) {
        // In the order of the index, whatever the planner expects of the rows: only the first are read.
        work.exec("SET LOCAL enable_bitmapscan = off");
        std::vector<VisitRow> visits;
        const std::string behind = after ? keyset(work, *after) : "";
        DateRange newest{range.to, range.to};
        if (after && after->day < newest.to)
            newest.to = std::max(after->day, range.from);
        if (filter != AnalyticsFilter{} && filter.page.empty()) {
            const AnalyticsQuery query(work, tenant_id, {range.from, newest.to}, filter, {},
                                       AnswersFrom::Visits);
            for (const auto &row : work.exec(among_the_newest(query, most, behind)))
                visits.push_back(visit_of(row));
            if (static_cast<int>(visits.size()) >= most)
                return visits;
            visits.clear();
        }
        for (auto length = std::chrono::days(filter == AnalyticsFilter{} ? 10'000 : 1);; length *= 30) {
            newest.from = std::max(range.from, newest.to - length + std::chrono::days(1));
            const AnalyticsQuery query(work, tenant_id, newest, filter, {}, AnswersFrom::Visits);
            const auto rows = work.exec(newest_visits(query, filter, most, behind));
            if (static_cast<int>(rows.size()) < most && newest.from > range.from)
                continue;
            for (const auto &row : rows)
                visits.push_back(visit_of(row));
            return visits;
        }
    });
}

std::vector<BookingServiceRow> AnalyticsStore::bookings_by_service(const std::string &tenant_id,
                                                                   DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsQuery query(work, tenant_id, range, {});
        std::vector<BookingServiceRow> rows;
        for (const auto &row :
             work.exec(fmt::format("SELECT service, sum(bookings) AS bookings, sum(cancelled) AS cancelled, "
                                   "sum(value_minor) AS value FROM "
                                   "rollup_services WHERE {} AND day BETWEEN '{}' AND '{}' GROUP BY 1 ORDER "
                                   "BY bookings DESC, service",
                                   query.tenant_condition(), day_text(range.from), day_text(range.to))))
            rows.push_back({row["service"].c_str(), row["bookings"].as<std::int64_t>(),
                            row["cancelled"].as<std::int64_t>(),
                            static_cast<double>(row["value"].as<std::int64_t>()) / 100});
        return rows;
    });
}

std::vector<BotRow> AnalyticsStore::bots(const std::string &tenant_id, DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const AnalyticsQuery query(work, tenant_id, range, {});
        std::vector<BotRow> rows;
        for (const auto &row : work.exec(fmt::format(
                 "SELECT bot_class, sum(visits) AS visits, sum(pages) AS pages FROM ("
                 "SELECT s.bot_class, count(*) AS visits, 0 AS pages FROM tenants t CROSS JOIN LATERAL ("
                 "SELECT zone FROM tenant_settings_history h WHERE h.tenant_id = t.id ORDER BY since DESC "
                 "LIMIT "
                 "1) z JOIN sessions s ON s.tenant_id = t.id AND s.bot_class IS NOT NULL AND "
                 "s.created_at >= '{2}'::timestamp AT TIME ZONE z.zone AND "
                 "s.created_at < ('{3}'::timestamp + interval '1 day') AT TIME ZONE z.zone "
                 "WHERE {0} GROUP BY 1 UNION ALL "
                 "SELECT bot_class, 0, sum(hits) FROM bot_visits WHERE {1} AND day BETWEEN '{2}' AND '{3}' "
                 "GROUP BY 1) AS counted GROUP BY 1 ORDER BY pages DESC, visits DESC, bot_class",
                 query.tenant_condition("t.id"), query.tenant_condition(), day_text(range.from),
                 day_text(range.to))))
            rows.push_back({row["bot_class"].c_str(), row["visits"].as<std::int64_t>(),
                            row["pages"].as<std::int64_t>()});
        return rows;
    });
}

std::string AnalyticsStore::zone(const std::string &tenant_id) {
    if (tenant_id.empty())
        return "UTC";
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT zone FROM tenant_settings_history WHERE tenant_id = $1 "
                                           "ORDER BY since DESC LIMIT 1",
                                           tenant_id);
        return rows.empty() ? std::string("UTC") : std::string(rows[0][0].c_str());
    });
}

} // namespace studio::db
