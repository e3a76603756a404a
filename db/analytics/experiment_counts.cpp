// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/experiment_counts.h"

#include "db/analytics/analytics_store.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <algorithm>
#include <map>

namespace studio::db {

std::vector<VariantDay> variant_days(const std::vector<std::string> &order,
                                     const std::vector<VariantDayCounts> &counts) {
    std::map<std::string, VariantCounts> so_far;
    const auto in_order = [&] {
        std::vector<VariantCounts> variants;
        for (const std::string &variant : order) {
            const auto found = so_far.find(variant);
            variants.push_back(found == so_far.end() ? VariantCounts{variant, 0, 0} : found->second);
        }
        for (const auto &[variant, counted] : so_far) {
            if (std::ranges::find(order, variant) == order.end()) {
                variants.push_back(counted);
            }
        }
        return variants;
    };
    std::vector<VariantDay> days;
    for (const VariantDayCounts &row : counts) {
        while (!days.empty() && days.back().day + std::chrono::days(1) < row.day) {
            days.push_back({days.back().day + std::chrono::days(1), days.back().variants});
        }
        VariantCounts &variant = so_far[row.variant_id];
        variant.variant_id = row.variant_id;
        variant.visitors += row.visitors;
        variant.conversions += row.conversions;
        if (days.empty() || days.back().day < row.day) {
            days.push_back({row.day, {}});
        }
        days.back().variants = in_order();
    }
    return days;
}

ExperimentCounts AnalyticsStore::experiment(const std::string &test_id, std::optional<int> phase) {
    if (!is_uuid(test_id)) {
        throw Error(ErrorKind::NotFound, "There is no such test.");
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto test = work.exec_params(
            "SELECT n.number, coalesce(p.variants, t.variants), studio_local_day(t.tenant_id, "
            "coalesce(p.started_at, t.started_at, now())) - '1970-01-01'::date, "
            "studio_local_day(t.tenant_id, "
            "coalesce(t.ended_at, now())) - '1970-01-01'::date FROM ab_tests t CROSS JOIN LATERAL (SELECT "
            "coalesce($2, t.phase) AS number) n LEFT JOIN ab_test_phases p ON p.test_id = t.id AND p.number "
            "= "
            "n.number WHERE t.id = $1",
            test_id, phase);
        if (test.empty()) {
            throw Error(ErrorKind::NotFound, "There is no such test.");
        }
        const auto day = [](const pqxx::field &field) {
            return std::chrono::sys_days(std::chrono::days(field.as<int>()));
        };
        std::vector<std::string> order;
        for (const auto &variant : models::Json::parse(test[0][1].c_str())) {
            order.push_back(variant.at("id").get<std::string>());
        }
        std::vector<VariantDayCounts> counts;
        for (const auto &row :
             work.exec_params("SELECT day - '1970-01-01'::date, variant_id, visitors, conversions FROM "
                              "experiment_counts($1, $2) ORDER BY day, variant_id",
                              test_id, test[0][0].as<int>())) {
            counts.push_back(
                {day(row[0]), row[1].c_str(), row[2].as<std::int64_t>(), row[3].as<std::int64_t>()});
        }
        ExperimentCounts result{day(test[0][2]), day(test[0][3]), {}, variant_days(order, counts)};
        if (result.days.empty()) {
            for (const std::string &variant : order) {
                result.variants.push_back({variant, 0, 0});
            }
        } else {
            result.variants = result.days.back().variants;
        }
        return result;
    });
}

} // namespace studio::db
