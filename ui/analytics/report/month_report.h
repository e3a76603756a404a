// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/statistics/evaluation.h"
#include "models/tenant/experiment.h"
#include "ui/analytics/figure_rows.h"

#include <QDateTime>

#include <vector>

namespace studio::ui {

// A running experiment and the counts of its variants so far.
struct RunningTest {
    models::Experiment test;
    std::vector<db::VariantCounts> variants; // of the current phase
    statistics::Evaluation evaluation;
};

// The figures of a companion's site in a month and in the month before. A month that is not over counts with
// its whole days so far (on its first day, with that day), compared with as many days of the month before.
struct MonthReport {
    QDate month; // its first day
    AnalyticsQuery query;
    db::DateRange range_before;
    bool over = true;
    QDateTime made; // in the companion's time zone
    PeriodFigures now, before;
    std::vector<db::TrendPoint> trend, trend_before; // by day
    std::vector<db::BreakdownRow> sources;           // those with the most visits, most first
    std::size_t all_sources = 0;
    db::Funnel funnel;
    std::vector<db::BookingServiceRow> services;
    db::RequestsWithoutVisit without_visit;
    std::vector<RunningTest> tests; // experiments that run at `made`
};

// The days of a month that a report made on `today` covers, and the days with which it compares them.
struct ReportDays {
    db::DateRange now, before;
    bool over = true;
};
ReportDays report_days(QDate month, QDate today);

// Reads the report of the query's tenant, in its time zone and currency. The query's days and filters are
// ignored. Throws db::Error.
MonthReport read_month_report(db::Session &session, AnalyticsQuery query, QDate month, const QDateTime &now);

} // namespace studio::ui
