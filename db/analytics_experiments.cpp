// SPDX-License-Identifier: Apache-2.0
// What AnalyticsStore says of tests.
#include "db/analytics_query.h"
#include "db/analytics_store.h"
#include "db/rows.h"

#include <fmt/format.h>

#include <map>

namespace studio::db {

namespace {

struct Phase {
    std::string test_id; // quoted
    int number = 1;
    std::vector<std::string> arms; // in their order
};

Phase phase_of(pqxx::work &work, const std::string &test_id, std::optional<int> wanted) {
    if (!is_uuid(test_id))
        throw Error(ErrorKind::NotFound, "There is no such test.");
    Phase phase{work.quote(test_id), 1, {}};
    const auto test = work.exec("SELECT phase FROM ab_tests WHERE id = " + phase.test_id);
    if (test.empty())
        throw Error(ErrorKind::NotFound, "There is no such test.");
    phase.number = wanted.value_or(test[0][0].as<int>());
    for (const auto &row :
         work.exec(fmt::format("SELECT arm ->> 'id' FROM jsonb_array_elements(coalesce((SELECT variants FROM "
                               "ab_test_phases WHERE test_id = "
                               "{0} AND number = {1}), (SELECT variants FROM ab_tests WHERE id = {0}))) WITH "
                               "ORDINALITY AS a (arm, place) "
                               "ORDER BY place",
                               phase.test_id, phase.number)))
        phase.arms.emplace_back(row[0].c_str());
    return phase;
}

// Arms that the definition does not name follow: what was recorded is shown.
std::vector<ArmCounts> in_order(const Phase &phase, const std::map<std::string, ArmCounts> &counted) {
    std::vector<ArmCounts> arms;
    for (const std::string &arm : phase.arms) {
        const auto found = counted.find(arm);
        arms.push_back(found == counted.end() ? ArmCounts{arm, 0, 0} : found->second);
    }
    for (const auto &[arm, counts] : counted)
        if (std::find(phase.arms.begin(), phase.arms.end(), arm) == phase.arms.end())
            arms.push_back(counts);
    return arms;
}

} // namespace

std::vector<ArmCounts> AnalyticsStore::arms(const std::string &test_id, std::optional<int> phase_number) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const Phase phase = phase_of(work, test_id, phase_number);
        std::map<std::string, ArmCounts> counted;
        for (const auto &row : work.exec(fmt::format("SELECT variant_id, sum(visitors), sum(conversions) "
                                                     "FROM rollup_arms WHERE test_id = {} AND phase = {} "
                                                     "GROUP BY variant_id",
                                                     phase.test_id, phase.number)))
            counted[row[0].c_str()] = {row[0].c_str(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>()};
        return in_order(phase, counted);
    });
}

std::vector<ArmDay> AnalyticsStore::arms_by_day(const std::string &test_id, std::optional<int> phase_number) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const Phase phase = phase_of(work, test_id, phase_number);
        std::vector<ArmDay> days;
        std::map<std::string, ArmCounts> so_far;
        const auto rows = work.exec(fmt::format(
            "SELECT d.day - '1970-01-01'::date AS day, r.variant_id, r.visitors, r.conversions FROM (SELECT "
            "generate_series(min(day), max(day), '1 day')::date FROM rollup_arms WHERE test_id = {0} AND "
            "phase = {1}) d (day) "
            "LEFT JOIN rollup_arms r ON r.test_id = {0} AND r.phase = {1} AND r.day = d.day ORDER BY 1",
            phase.test_id, phase.number));
        for (std::size_t at = 0; at < rows.size();) {
            const int day = rows[at]["day"].as<int>();
            for (; at < rows.size() && rows[at]["day"].as<int>() == day; ++at) {
                if (rows[at]["variant_id"].is_null())
                    continue;
                ArmCounts &arm = so_far[rows[at]["variant_id"].c_str()];
                arm.variant_id = rows[at]["variant_id"].c_str();
                arm.visitors += rows[at]["visitors"].as<std::int64_t>();
                arm.conversions += rows[at]["conversions"].as<std::int64_t>();
            }
            days.push_back({std::chrono::sys_days(std::chrono::days(day)), in_order(phase, so_far)});
        }
        return days;
    });
}

PlatformFigures AnalyticsStore::platform(DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        PlatformFigures figures;
        AnalyticsQuery query(work, "", range, {});
        query.tell_tenants_apart();
        for (const auto &row : work.exec(
                 "SELECT t.id, t.subdomain, t.name, t.status, " TOTALS_COLUMNS " FROM tenants t LEFT JOIN (" +
                 query.totals_by_label() +
                 ") sums ON sums.label = t.id::text ORDER BY visits DESC NULLS LAST, t.subdomain")) {
            figures.tenants.push_back({row["id"].c_str(), row["subdomain"].c_str(), row["name"].c_str(),
                                       row["status"].c_str(), totals_of(row)});
            figures.active_tenants += row["status"].c_str() == std::string_view("active");
        }
        const std::string from = day_text(range.from), to = day_text(range.to);
        for (const auto &row : work.exec(
                 fmt::format("SELECT m.month::date - '1970-01-01'::date, coalesce(sum(d.visits), 0), "
                             "coalesce(sum(d.bookings), 0) FROM generate_series(date_trunc('month', "
                             "'{}'::timestamp), '{}'::timestamp, '1 month') AS m (month) LEFT JOIN ({}) d ON "
                             "date_trunc('month', d.day::timestamp) = m.month GROUP BY m.month ORDER BY 1",
                             from, to, query.sums_by_span("day, visits, bookings"))))
            figures.months.push_back({std::chrono::sys_days(std::chrono::days(row[0].as<int>())),
                                      row[1].as<std::int64_t>(), row[2].as<std::int64_t>()});
        const auto tests = work.exec1(
            fmt::format("SELECT count(*), count(*) FILTER (WHERE winner_variant_id "
                        "<> variants -> 0 ->> 'id' AND reverted_at IS NULL) FROM ab_tests WHERE status = "
                        "'completed' AND ended_at >= '{}'::timestamptz AND "
                        "ended_at < '{}'::timestamptz + interval '1 day'",
                        from, to));
        figures.tests_ended = tests[0].as<std::int64_t>();
        figures.tests_won = tests[1].as<std::int64_t>();
        return figures;
    });
}

} // namespace studio::db
