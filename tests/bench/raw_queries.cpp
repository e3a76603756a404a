// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/raw_queries.h"

#include <fmt/format.h>

namespace studio::bench {

#define OF_PEOPLE                                                                                            \
    "FROM events e JOIN sessions s ON s.id = e.session_id WHERE e.tenant_id = '{tenant}' AND s.bot_class "   \
    "IS NULL AND "                                                                                           \
    "e.created_at >= '{from}' AND e.created_at < '{to}' "

const char *const raw_totals =
    "SELECT count(DISTINCT e.session_id), count(DISTINCT coalesce(s.visitor_id, s.id)), count(*) "
    "FILTER (WHERE e.event_type = 'page_view') " OF_PEOPLE;
const char *const raw_trend =
    "SELECT date_trunc('day', e.created_at), count(DISTINCT e.session_id), count(DISTINCT "
    "coalesce(s.visitor_id, s.id)) " OF_PEOPLE "GROUP BY 1";
const char *const raw_sources =
    "SELECT coalesce(s.utm_source, s.referrer), count(DISTINCT e.session_id), count(DISTINCT "
    "coalesce(s.visitor_id, s.id)) " OF_PEOPLE "GROUP BY 1 ORDER BY 2 DESC";
const char *const raw_pages = "SELECT e.page_url, count(*), count(DISTINCT e.session_id) " OF_PEOPLE
                              "AND e.event_type = 'page_view' GROUP BY 1 ORDER BY 2 DESC";
const char *const raw_funnel = "WITH level1 AS (SELECT DISTINCT e.session_id, e.created_at " OF_PEOPLE
                               "AND e.event_type = 'page_view'), "
                               "level2 AS (SELECT DISTINCT e.session_id, e.created_at FROM level1 l JOIN "
                               "events e ON e.session_id = l.session_id WHERE "
                               "e.tenant_id = '{tenant}' AND e.created_at BETWEEN l.created_at AND "
                               "l.created_at + interval '1 day' AND e.created_at >= "
                               "'{from}' AND e.created_at < '{to}' AND e.event_type = 'photo_click'), "
                               "level3 AS (SELECT DISTINCT e.session_id, e.created_at FROM level2 l JOIN "
                               "events e ON e.session_id = l.session_id WHERE "
                               "e.tenant_id = '{tenant}' AND e.created_at BETWEEN l.created_at AND "
                               "l.created_at + interval '1 day' AND e.created_at >= "
                               "'{from}' AND e.created_at < '{to}' AND e.event_type = 'pricing_view'), "
                               "level4 AS (SELECT DISTINCT e.session_id, e.created_at FROM level3 l JOIN "
                               "events e ON e.session_id = l.session_id WHERE "
                               "e.tenant_id = '{tenant}' AND e.created_at BETWEEN l.created_at AND "
                               "l.created_at + interval '1 day' AND e.created_at >= "
                               "'{from}' AND e.created_at < '{to}' AND e.event_type = 'form_start'), "
                               "level5 AS (SELECT DISTINCT e.session_id, e.created_at FROM level4 l JOIN "
                               "events e ON e.session_id = l.session_id WHERE "
                               "e.tenant_id = '{tenant}' AND e.created_at BETWEEN l.created_at AND "
                               "l.created_at + interval '1 day' AND e.created_at >= "
                               "'{from}' AND e.created_at < '{to}' AND e.event_type = 'form_submit') "
                               "SELECT 1, count(DISTINCT session_id) FROM level1 UNION SELECT 2, "
                               "count(DISTINCT session_id) FROM level2 UNION SELECT 3, "
                               "count(DISTINCT session_id) FROM level3 UNION SELECT 4, count(DISTINCT "
                               "session_id) FROM level4 UNION SELECT 5, "
                               "count(DISTINCT session_id) FROM level5";
const char *const raw_journeys =
    "WITH steps AS (SELECT e.session_id, coalesce(nullif(e.event_type, 'page_view'), e.page_url) AS step, "
    "row_number() OVER "
    "(PARTITION BY e.session_id ORDER BY e.created_at) AS place " OF_PEOPLE ") "
    "SELECT s1, s2, s3, s4, s5, s6, s7, count(*) FROM (SELECT session_id, max(step) FILTER (WHERE place = 1) "
    "AS s1, max(step) "
    "FILTER (WHERE place = 2) AS s2, max(step) FILTER (WHERE place = 3) AS s3, max(step) FILTER (WHERE place "
    "= 4) AS s4, "
    "max(step) FILTER (WHERE place = 5) AS s5, max(step) FILTER (WHERE place = 6) AS s6, max(step) FILTER "
    "(WHERE place = 7) AS "
    "s7 FROM steps GROUP BY 1) ways GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY count(*) DESC LIMIT 20";
const char *const raw_variants =
    "SELECT a.variant_id, count(DISTINCT coalesce(s.visitor_id, s.id)), "
    "count(DISTINCT CASE WHEN b.id IS NOT NULL THEN "
    "coalesce(s.visitor_id, s.id) END) FROM ab_assignments a JOIN sessions s ON "
    "s.id = a.session_id LEFT JOIN bookings b ON "
    "b.session_id = a.session_id AND b.status NOT IN ('cancelled', 'spam') WHERE "
    "a.test_id = '{test}' AND s.bot_class IS NULL "
    "GROUP BY 1";

void RawQueries::ask(const std::string &question, const std::string &tenant, const std::string &test,
                     db::DateRange range) {
    const auto day = [](std::chrono::sys_days value) {
        const std::chrono::year_month_day date{value};
        return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    };
    pqxx::work work(m_connection);
    work.exec("SET LOCAL statement_timeout = 0");
    work.exec(fmt::format(fmt::runtime(question), fmt::arg("tenant", tenant), fmt::arg("test", test),
                          fmt::arg("from", day(range.from)),
                          fmt::arg("to", day(range.to + std::chrono::days(1)))));
}

double RawQueries::megabytes(const std::vector<std::string> &tables) {
    double bytes = 0;
    pqxx::work work(m_connection);
    for (const std::string &table : tables) {
        bytes +=
            work.exec1(
                    "SELECT sum(pg_total_relation_size(part)) FROM (SELECT relid FROM pg_partition_tree('" +
                    table + "') UNION SELECT '" + table + "'::regclass) parts (part)")[0]
                .as<double>();
    }
    return bytes / 1e6;
}

} // namespace studio::bench
