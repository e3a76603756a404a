// SPDX-License-Identifier: Apache-2.0
#include "db/stores/social_store.h"

#include "base/text.h"
#include "db/analytics/analytics_sql.h"
#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "models/analytics/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace studio::db {

namespace {

constexpr const char *add_metrics =
    "INSERT INTO social_media_metrics (tenant_id, platform, metric_date, followers, engagement_rate, "
    "posts_count, reach) "
    "SELECT $1, m.platform, m.day, m.followers, m.engagement_hundredths / 100.0, m.posts, m.reach "
    "FROM unnest($2::text[], $3::date[], $4::integer[], $5::integer[], $6::integer[], $7::integer[]) AS m "
    "(platform, day, "
    "followers, engagement_hundredths, posts, reach) "
    "ON CONFLICT (tenant_id, platform, metric_date) DO UPDATE SET followers = excluded.followers, "
    "engagement_rate = "
    "excluded.engagement_rate, posts_count = excluded.posts_count, reach = excluded.reach, imported_at = "
    "now()";

// What is wrong with a row, with the name of the column; "" for nothing.
std::string problem_of(const SocialMetric &metric) {
    if (metric.platform.empty() || base::character_count(metric.platform) > 50) {
        return "platform: use a platform name of at most 50 characters.";
    }
    const std::chrono::year_month_day date{metric.day};
    if (date.year() < std::chrono::year(2000) || date.year() > std::chrono::year(2100)) {
        return "date: use a day such as 2026-11-23.";
    }
    const auto negative = [](const std::optional<int> &value) { return value && *value < 0; };
    if (negative(metric.followers)) {
        return "followers: must be 0 or more.";
    }
    if (metric.engagement_rate && !(*metric.engagement_rate >= 0 && *metric.engagement_rate <= 100)) {
        return "engagement: must be a percentage from 0 to 100.";
    }
    if (negative(metric.posts)) {
        return "posts: must be 0 or more.";
    }
    if (negative(metric.reach)) {
        return "reach: must be 0 or more.";
    }
    return {};
}

void require_right(const std::vector<SocialMetric> &metrics) {
    std::set<std::pair<std::string, std::chrono::sys_days>> seen;
    for (std::size_t row = 0; row < metrics.size(); ++row) {
        std::string problem = problem_of(metrics[row]);
        if (problem.empty() &&
            !seen.emplace(models::network_name(metrics[row].platform), metrics[row].day).second) {
            problem = "date: this platform has another row for " + day_text(metrics[row].day) + ".";
        }
        if (!problem.empty()) {
            throw Error(ErrorKind::Invalid,
                        fmt::format("Row {}, {} Nothing was imported.", row + 1, problem));
        }
    }
}

void add_or_null(ArrayLiteral &column, const std::optional<int> &value) {
    if (value) {
        column.add_number(*value);
    } else {
        column.add_null();
    }
}

} // namespace

void SocialStore::import(const models::TenantId &tenant_id, const std::vector<SocialMetric> &metrics) {
    require_tenant_id(tenant_id);
    require_right(metrics);
    ArrayLiteral platforms, days, followers, engagement, posts, reach;
    for (const SocialMetric &metric : metrics) {
        platforms.add_text(models::network_name(metric.platform));
        days.add_text(day_text(metric.day));
        add_or_null(followers, metric.followers);
        add_or_null(engagement,
                    metric.engagement_rate
                        ? std::optional(static_cast<int>(std::lround(*metric.engagement_rate * 100)))
                        : std::nullopt);
        add_or_null(posts, metric.posts);
        add_or_null(reach, metric.reach);
    }
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params(add_metrics, tenant_id, platforms.text(), days.text(), followers.text(),
                         engagement.text(), posts.text(), reach.text());
    });
}

std::int64_t SocialStore::count_known(const models::TenantId &tenant_id,
                                      const std::vector<SocialMetric> &metrics) {
    require_tenant_id(tenant_id);
    ArrayLiteral platforms, days;
    for (const SocialMetric &metric : metrics) {
        platforms.add_text(models::network_name(metric.platform));
        days.add_text(day_text(metric.day));
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1("SELECT count(*) FROM social_media_metrics WHERE tenant_id = $1 AND (platform, "
                          "metric_date) IN (SELECT * FROM unnest($2::text[], $3::date[]))",
                          tenant_id, platforms.text(), days.text())[0]
            .as<std::int64_t>();
    });
}

std::vector<SocialMetric> SocialStore::list(const models::TenantId &tenant_id, DateRange range) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<SocialMetric> metrics;
        for (const auto &row : work.exec_params("SELECT platform, metric_date - '1970-01-01'::date AS day, "
                                                "followers, posts_count, reach, engagement_rate "
                                                "FROM social_media_metrics WHERE tenant_id = $1 AND "
                                                "metric_date BETWEEN $2 AND $3 ORDER BY metric_date, "
                                                "platform",
                                                tenant_id, day_text(range.from), day_text(range.to))) {
            metrics.push_back(
                {row["platform"].c_str(), std::chrono::sys_days(std::chrono::days(row["day"].as<int>())),
                 optional_int(row["followers"]), optional_int(row["posts_count"]), optional_int(row["reach"]),
                 row["engagement_rate"].is_null() ? std::nullopt
                                                  : std::optional(row["engagement_rate"].as<double>())});
        }
        return metrics;
    });
}

} // namespace studio::db
