// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/statistics/evaluation.h"
#include "models/tenant/experiment.h"
#include "ui/analytics/figure_rows.h"

#include <QDateTime>

#include <vector>

namespace studio::ui {

// A test that runs, and how its variants do so far.
struct RunningTest {
    models::Experiment test;
    std::vector<db::VariantCounts> variants; // of the current phase
    statistics::Evaluation evaluation;
};

// What a companion's site did in a month, beside the month before. Of a month that is not over: its whole
// days so far (on its first day that day), and as many of the month before.
struct MonthReport {
    QDate month; // its first day
    AnalyticsQuery query;
    db::DateRange range_before;
    bool over = true;
    QDateTime made; // by her clock
    PeriodFigures now, before;
    std::vector<db::TrendPoint> trend, trend_before; // by day
    std::vector<db::BreakdownRow> sources;           // most visits first, the first of them
    std::size_t all_sources = 0;
    db::Funnel funnel;
    std::vector<db::BookingServiceRow> services;
    db::RequestsWithoutVisit without_visit;
    std::vector<RunningTest> tests; // those that run at `made`
};

// The days of a month that a report at `today` covers, and those it compares them with.
struct ReportDays {
    db::DateRange now, before;
    bool over = true;
};
ReportDays report_days(QDate month, QDate today);

// Of the question's tenant, zone and currency; its days and filters do not count. Throws db::Error.
MonthReport read_month_report(db::Session &session, AnalyticsQuery query, QDate month, const QDateTime &now);

} // namespace studio::ui
