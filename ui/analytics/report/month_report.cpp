// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/report/month_report.h"

#include "db/analytics/analytics_store.h"
#include "db/experiments/experiment_evaluation.h"
#include "db/experiments/experiment_store.h"

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_sources = 1000, sources_shown = 8;

RunningTest running_test(db::AnalyticsStore &store, const models::Experiment &test) {
    const auto counts = store.experiment(test.id);
    return {test, counts.variants, statistics::evaluate(db::evaluation_input(test, counts))};
}

} // namespace

ReportDays report_days(QDate month, QDate today) {
    const QDate first(month.year(), month.month(), 1);
    const QDate last(first.addMonths(1).addDays(-1));
    const QDate first_before = first.addMonths(-1);
    const QDate last_before = first.addDays(-1);
    if (last < today) {
        return {{to_day(first), to_day(last)}, {to_day(first_before), to_day(last_before)}, true};
    }
    const QDate until = std::max(first, today.addDays(-1));
    const QDate until_before = std::min(last_before, first_before.addDays(first.daysTo(until)));
    return {{to_day(first), to_day(until)}, {to_day(first_before), to_day(until_before)}, false};
}

MonthReport read_month_report(db::Session &session, AnalyticsQuery query, QDate month, const QDateTime &now) {
    const auto made = now.toTimeZone(query.zone);
    const auto days = report_days(month, made.date());
    query.range = days.now;
    query.filter = {};
    const auto &tenant = query.tenant;
    db::AnalyticsStore store(session);
    MonthReport report;
    report.month = QDate(month.year(), month.month(), 1);
    report.query = query;
    report.range_before = days.before;
    report.over = days.over;
    report.made = made;
    report.now = {store.totals(tenant, days.now), store.visitors(tenant, days.now), {}};
    report.before = {store.totals(tenant, days.before), store.visitors(tenant, days.before), {}};
    report.trend = store.trend(tenant, days.now, db::Grain::Day);
    report.trend_before = store.trend(tenant, days.before, db::Grain::Day);
    report.sources = store.breakdown(tenant, days.now, db::Dimension::Source, max_sources);
    report.all_sources = report.sources.size();
    report.sources.resize(std::min<std::size_t>(report.all_sources, sources_shown));
    if (const auto funnels = store.funnel(tenant, days.now); !funnels.empty()) {
        report.funnel = funnels.front();
    }
    report.services = store.bookings_by_service(tenant, days.now);
    report.without_visit = store.requests_without_visit(tenant, days.now);
    for (const auto &test : db::ExperimentStore(session).list(tenant)) {
        if (test.status == models::ExperimentStatus::Active && test.variants.size() > 1) {
            report.tests.push_back(running_test(store, test));
        }
    }
    return report;
}

} // namespace studio::ui
