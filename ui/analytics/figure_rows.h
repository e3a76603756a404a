// SPDX-License-Identifier: Apache-2.0
// Answers of the store as the tables that charts draw. All pure.
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/charts/figure_table_model.h"

#include <QDateTime>

#include <map>

namespace studio::ui {

// Ids of variants ("test:variant") to what people call them.
using VariantNames = std::map<std::string, QString>;

// What a period brought.
struct PeriodFigures {
    db::Totals totals;
    std::optional<std::int64_t> visitors{};  // different ones; nothing while they are being counted
    std::vector<db::CurrencyValue> values{}; // of all companions together
    std::optional<std::int64_t> requests_without_visit{}; // nothing with a filter, which none of them meets
};
// Different visitors of each value; nothing while they are being counted.
using VisitorsByValue = std::optional<std::map<std::string, qint64>>;
VisitorsByValue visitors_by_value(const std::vector<db::ValueVisitors> &rows);

enum class Metric { Visits, Visitors, PageViews, Bookings, Conversion, Engagement };
const std::vector<Metric> &metrics();
QString metric_name(Metric metric);
QVariant metric_of(const db::TrendPoint &point, Metric metric);
FigureKind metric_kind(Metric metric);

Share conversion(const db::Totals &totals);                      // bookings of visits
Share engagement(const db::Totals &totals);                      // visits with a photo of visits
Share bounce(const db::Totals &totals);                          // visits of one event of visits
std::optional<double> average_seconds(const db::Totals &totals); // nullopt where none is timed

// "3 requests without a counted visit".
QString requests_without_visit_label(std::int64_t count);
// A row for the range and one for the compared period, with every figure of the overview. Of all companions
// together a column for each currency.
void fill_summary(FigureTableModel &table, const AnalyticsQuery &query, const PeriodFigures &now,
                  const PeriodFigures &before);
// How many hours, days or months of a trend have begun at `at`; whether the last of these is over. Days and
// months are the tenant's own.
struct TrendSoFar {
    std::size_t begun = 0;
    bool open = false;
};
TrendSoFar trend_so_far(const AnalyticsQuery &query, db::Grain grain,
                        const std::vector<db::TrendPoint> &trend, const QDateTime &at);

// Time, the figure, the figure of the period before (by place; nothing where that is longer ago). Nothing for
// what has not begun. The key is the local day as ISO text, "" for months.
void fill_trend(FigureTableModel &table, const AnalyticsQuery &query, db::Grain grain, Metric metric,
                const std::vector<db::TrendPoint> &now, const std::vector<db::TrendPoint> &before,
                std::size_t begun);
// Value, visits, visitors, bookings, conversion, value in money (of one companion alone: currencies are not
// added). Without a list of visitors there is no such column. The key is the value itself, "" for what no
// filter can name.
void fill_breakdown(FigureTableModel &table, const AnalyticsQuery &query, db::Dimension dimension,
                    const std::vector<db::BreakdownRow> &rows, const VisitorsByValue *visitors = nullptr);
// Step and a share for each split, at most four.
void fill_funnel(FigureTableModel &table, std::optional<db::Dimension> split,
                 const std::vector<db::Funnel> &funnels, const VariantNames &names = {});
void fill_journeys(FigureTableModel &table, const std::vector<db::Journey> &journeys, qint64 all_visits);
// All 168 hours of a week: weekday, hour, visits, bookings. No rows where there was no visit.
void fill_heat_map(FigureTableModel &table, const std::vector<db::HeatCell> &cells);

} // namespace studio::ui
