// SPDX-License-Identifier: Apache-2.0
// Turns what AnalyticsStore returns into the tables that charts draw. All functions are pure.
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/charts/figure_table_model.h"

#include <QDateTime>

#include <map>

namespace studio::ui {

// The names of variants, by "test:variant" of their ids.
using VariantNames = std::map<std::string, QString>;

// The figures of one period.
struct PeriodFigures {
    db::Totals totals;
    std::optional<std::int64_t> visitors{};  // different visitors; nothing while they are being counted
    std::vector<db::CurrencyValue> values{}; // of all companions together
    std::optional<std::int64_t>
        requests_without_visit{}; // nullopt while a filter is set, because such requests match none
};
// The number of different visitors of each value; nullopt while they are being counted.
using VisitorsByValue = std::optional<std::map<std::string, qint64>>;
VisitorsByValue visitors_by_value(const std::vector<db::ValueVisitors> &rows);

enum class Metric { Visits, Visitors, PageViews, Bookings, Conversion, Engagement };
const std::vector<Metric> &metrics();
QString metric_name(Metric metric);
QVariant metric_of(const db::TrendPoint &point, Metric metric);
FigureKind metric_kind(Metric metric);

Share conversion(const db::Totals &totals); // bookings out of visits
Share engagement(const db::Totals &totals); // visits with a click on a photo, out of visits
Share bounce(const db::Totals &totals);     // visits that did nothing after one page view, out of visits
std::optional<double> average_seconds(const db::Totals &totals); // nullopt where no visit has a duration

// What the average is of: "only 3 visits with several steps", "of 1,200 visits with several steps".
QString timed_visits_note(std::int64_t visits);
// "3 requests without a counted visit".
QString requests_without_visit_label(std::int64_t count);
// Fills a row for the range and one for the compared period, with every figure of the overview. For all
// companions together there is a value column for each currency.
void fill_summary(FigureTableModel &table, const AnalyticsQuery &query, const PeriodFigures &now,
                  const PeriodFigures &before);
// How many of a trend's hours, days or months have begun at the moment `at`, and whether the last of these is
// over, in the tenant's time zone.
struct TrendSoFar {
    std::size_t begun = 0;
    bool open = false;
};
TrendSoFar trend_so_far(const AnalyticsQuery &query, db::Grain grain,
                        const std::vector<db::TrendPoint> &trend, const QDateTime &at);

// Columns: time, the figure, and the figure at the same position of the period before (nothing where that
// period has no such position). There is no figure for what has not begun. The key is the local day as ISO
// text, "" for months.
void fill_trend(FigureTableModel &table, const AnalyticsQuery &query, db::Grain grain, Metric metric,
                const std::vector<db::TrendPoint> &now, const std::vector<db::TrendPoint> &before,
                std::size_t begun);
// Columns: the dimension's value, visits, visitors (only with `visitors`), bookings, conversion, and money
// (only for a single companion, because currencies are not added). The key is the dimension's value, or ""
// where no filter can name it.
void fill_breakdown(FigureTableModel &table, const AnalyticsQuery &query, db::Dimension dimension,
                    const std::vector<db::BreakdownRow> &rows, const VisitorsByValue *visitors = nullptr);
// Columns: the step, and a share for each value of the split, at most four.
void fill_funnel(FigureTableModel &table, std::optional<db::Dimension> split,
                 const std::vector<db::Funnel> &funnels, const VariantNames &names = {});
void fill_journeys(FigureTableModel &table, const std::vector<db::Journey> &journeys, qint64 all_visits);
// A row for each of the 168 hours of a week: weekday, hour, visits, bookings. No rows at all where there was
// no visit.
void fill_heat_map(FigureTableModel &table, const std::vector<db::HeatCell> &cells);

} // namespace studio::ui
