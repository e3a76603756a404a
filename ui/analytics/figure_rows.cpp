// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/figure_rows.h"

#include "ui/charts/flow_chart.h"
#include "ui/charts/funnel_chart.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <set>

namespace studio::ui {

namespace {

constexpr std::size_t hours_of_week = 168;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

QVariant share(const Share &share) {
    return QVariant::fromValue(share);
}

QVariant count(const std::optional<std::int64_t> &number) {
    return number ? QVariant(qint64(*number)) : QVariant();
}

FigureKind kind_of(db::Grain grain) {
    switch (grain) {
    case db::Grain::Hour:
        return FigureKind::Hour;
    case db::Grain::Day:
        return FigureKind::Day;
    case db::Grain::Month:
        break;
    }
    return FigureKind::Month;
}

// Days and months follow from their position in the range; only hours need the tenant's time zone.
QDateTime row_time(const AnalyticsQuery &query, db::Grain grain, std::size_t place, base::Time start) {
    const auto first = to_date(query.range.from);
    if (grain == db::Grain::Hour) {
        return to_date_time(start, query.zone);
    }
    const auto day = grain == db::Grain::Day
                         ? first.addDays(static_cast<qint64>(place))
                         : QDate(first.year(), first.month(), 1).addMonths(static_cast<int>(place));
    return QDateTime(day, QTime(0, 0), Qt::UTC);
}

QString name_of(db::Dimension dimension, const std::string &value, const VariantNames &names) {
    const auto name = names.find(value);
    return name == names.end() ? value_label(dimension, value) : name->second;
}

QString dimension_name(db::Dimension dimension) {
    for (const auto field : fields()) {
        if (dimension_of(field) == dimension) {
            return field_name(field);
        }
    }
    return tr("Service");
}

} // namespace

const std::vector<Metric> &metrics() {
    static const std::vector<Metric> list{Metric::Visits,   Metric::Visitors,   Metric::PageViews,
                                          Metric::Bookings, Metric::Conversion, Metric::Engagement};
    return list;
}

QString metric_name(Metric metric) {
    switch (metric) {
    case Metric::Visits:
        return tr("Visits");
    case Metric::Visitors:
        return tr("Visitors");
    case Metric::PageViews:
        return tr("Page views");
    case Metric::Bookings:
        return tr("Bookings");
    case Metric::Conversion:
        return tr("Conversion rate");
    case Metric::Engagement:
        break;
    }
    return tr("Viewed photos");
}

VisitorsByValue visitors_by_value(const std::vector<db::ValueVisitors> &rows) {
    std::map<std::string, qint64> visitors;
    for (const auto &row : rows) {
        visitors[row.value] = row.visitors;
    }
    return visitors;
}

QVariant metric_of(const db::TrendPoint &point, Metric metric) {
    const auto &totals = point.totals;
    switch (metric) {
    case Metric::Visits:
        return qint64(totals.visits);
    case Metric::Visitors:
        return count(point.visitors);
    case Metric::PageViews:
        return qint64(totals.page_views);
    case Metric::Bookings:
        return qint64(totals.bookings);
    case Metric::Conversion:
        return totals.visits > 0 ? share(conversion(totals)) : QVariant();
    case Metric::Engagement:
        break;
    }
    return totals.visits > 0 ? share(engagement(totals)) : QVariant();
}

FigureKind metric_kind(Metric metric) {
    return metric == Metric::Conversion || metric == Metric::Engagement ? FigureKind::Share
                                                                        : FigureKind::Count;
}

Share conversion(const db::Totals &totals) {
    return {totals.bookings, totals.visits};
}

Share engagement(const db::Totals &totals) {
    return {totals.engaged_visits, totals.visits};
}

Share bounce(const db::Totals &totals) {
    return {totals.bounced_visits, totals.visits};
}

std::optional<double> average_seconds(const db::Totals &totals) {
    if (totals.timed_visits == 0) {
        return std::nullopt;
    }
    return static_cast<double>(totals.seconds) / static_cast<double>(totals.timed_visits);
}

namespace {

FigureRow summary_row(const QString &days, const PeriodFigures &period) {
    const auto &totals = period.totals;
    const auto seconds = average_seconds(totals);
    return {{days, qint64(totals.visits), count(period.visitors), qint64(totals.page_views),
             qint64(totals.bookings), share(conversion(totals)), seconds ? QVariant(*seconds) : QVariant(),
             share(engagement(totals)), share(bounce(totals))},
            {}};
}

double value_in(const PeriodFigures &period, const std::string &currency) {
    const auto found = std::ranges::find(period.values, currency, &db::CurrencyValue::currency);
    return found == period.values.end() ? 0 : found->value;
}

} // namespace

QString timed_visits_note(std::int64_t visits) {
    if (visits == 0) {
        return tr("No visit with several steps");
    }
    if (visits == 1) {
        return tr("only 1 visit with several steps");
    }
    const auto count = QLocale().toString(qint64(visits));
    return visits < Share::min_count ? tr("only %1 visits with several steps").arg(count)
                                     : tr("of %1 visits with several steps").arg(count);
}

QString requests_without_visit_label(std::int64_t count) {
    return count == 1 ? tr("1 request without a counted visit")
                      : tr("%1 requests without a counted visit").arg(QLocale().toString(qint64(count)));
}

void fill_summary(FigureTableModel &table, const AnalyticsQuery &query, const PeriodFigures &now,
                  const PeriodFigures &before) {
    std::vector<FigureColumn> columns{
        {tr("Days"), FigureKind::Text},
        {tr("Visits"), FigureKind::Count},
        {tr("Visitors"), FigureKind::Count},
        {tr("Page views"), FigureKind::Count},
        {tr("Bookings"), FigureKind::Count},
        {tr("Conversion"), FigureKind::Share, tr("bookings"), tr("visits")},
        {tr("Average visit"), FigureKind::Duration},
        {tr("Viewed photos"), FigureKind::Share, tr("with photos"), tr("visits")},
        {tr("Left after one page"), FigureKind::Share, tr("left"), tr("visits")}};
    std::vector<FigureRow> rows{summary_row(format_range(query.range), now),
                                summary_row(format_range(compared_period(query)), before)};
    table.set_currency(query.currency);
    if (!query.tenant.empty()) {
        columns.push_back({tr("Booking value"), FigureKind::Money});
        rows[0].cells.push_back(now.totals.value);
        rows[1].cells.push_back(before.totals.value);
    }
    if (now.requests_without_visit) {
        columns.push_back({tr("Requests without a counted visit"), FigureKind::Count});
        rows[0].cells.push_back(count(now.requests_without_visit));
        rows[1].cells.push_back(count(before.requests_without_visit));
    }
    std::set<std::string> currencies;
    for (const auto *period : {&now, &before}) {
        for (const auto &value : period->values) {
            currencies.insert(value.currency);
        }
    }
    for (const auto &currency : currencies) {
        columns.push_back(
            {tr("Booking value (%1)").arg(QString::fromStdString(currency)), FigureKind::Money});
        rows[0].cells.push_back(value_in(now, currency));
        rows[1].cells.push_back(value_in(before, currency));
    }
    table.set(std::move(columns), std::move(rows));
}

TrendSoFar trend_so_far(const AnalyticsQuery &query, db::Grain grain,
                        const std::vector<db::TrendPoint> &trend, const QDateTime &at) {
    const auto clock = at.toTimeZone(query.zone);
    TrendSoFar so_far;
    for (std::size_t place = 0; place < trend.size(); ++place) {
        const auto begins = row_time(query, grain, place, trend[place].start);
        const auto ends = grain == db::Grain::Hour  ? begins.addSecs(3600)
                          : grain == db::Grain::Day ? begins.addDays(1)
                                                    : begins.addMonths(1);
        // Days and months are compared by date, because a change of the clocks may shift their start.
        const bool begun = grain == db::Grain::Hour ? begins <= clock : begins.date() <= clock.date();
        if (!begun) {
            break;
        }
        so_far.begun = place + 1;
        so_far.open = grain == db::Grain::Hour ? ends > clock : ends.date() > clock.date();
    }
    return so_far;
}

void fill_trend(FigureTableModel &table, const AnalyticsQuery &query, db::Grain grain, Metric metric,
                const std::vector<db::TrendPoint> &now, const std::vector<db::TrendPoint> &before,
                std::size_t begun) {
    std::vector<FigureRow> rows;
    for (std::size_t place = 0; place < now.size(); ++place) {
        const auto time = row_time(query, grain, place, now[place].start);
        rows.push_back({{time, place < begun ? metric_of(now[place], metric) : QVariant(),
                         place < before.size() ? metric_of(before[place], metric) : QVariant()},
                        grain == db::Grain::Month ? QString() : time.date().toString(Qt::ISODate)});
    }
    const auto title = grain == db::Grain::Hour  ? tr("Hour")
                       : grain == db::Grain::Day ? tr("Day")
                                                 : tr("Month");
    const auto column = [metric](const QString &name) {
        return FigureColumn{name, metric_kind(metric),
                            metric == Metric::Conversion ? tr("bookings") : tr("with photos"), tr("visits")};
    };
    table.set({{title, kind_of(grain)}, column(metric_name(metric)), column(tr("Previous period"))},
              std::move(rows));
}

void fill_breakdown(FigureTableModel &table, const AnalyticsQuery &query, db::Dimension dimension,
                    const std::vector<db::BreakdownRow> &rows, const VisitorsByValue *visitors) {
    const bool one_currency = !query.tenant.empty();
    std::vector<FigureColumn> columns{{dimension_name(dimension), FigureKind::Text},
                                      {tr("Visits"), FigureKind::Count}};
    if (visitors != nullptr) {
        columns.push_back({tr("Visitors"), FigureKind::Count});
    }
    columns.push_back({tr("Bookings"), FigureKind::Count});
    columns.push_back({tr("Conversion"), FigureKind::Share, tr("bookings"), tr("visits")});
    if (one_currency) {
        columns.push_back({tr("Value"), FigureKind::Money});
    }
    std::vector<FigureRow> figures;
    for (const auto &[value, totals] : rows) {
        FigureRow row{{value_label(dimension, value), qint64(totals.visits)},
                      value == db::other_values ? QString() : QString::fromStdString(value)};
        if (visitors != nullptr) {
            const bool counted = *visitors && (*visitors)->contains(value);
            row.cells.push_back(counted ? QVariant((*visitors)->at(value)) : QVariant());
        }
        row.cells.push_back(qint64(totals.bookings));
        row.cells.push_back(share(conversion(totals)));
        if (one_currency) {
            row.cells.push_back(totals.value);
        }
        figures.push_back(std::move(row));
    }
    table.set_currency(query.currency);
    table.set(std::move(columns), std::move(figures));
}

void fill_funnel(FigureTableModel &table, std::optional<db::Dimension> split,
                 const std::vector<db::Funnel> &funnels, const VariantNames &names) {
    std::vector<FigureColumn> columns{{tr("Step"), FigureKind::Text}};
    std::vector<FigureRow> rows;
    for (const auto *step : db::funnel_steps) {
        rows.push_back({{step_label(step)}, QString::fromLatin1(step)});
    }
    bool any = false;
    for (std::size_t index = 0; index < funnels.size() && index < FunnelChart::max_splits; ++index) {
        const auto &funnel = funnels[index];
        columns.push_back({split ? name_of(*split, funnel.split_value, names) : tr("All visits"),
                           FigureKind::Share, tr("visits"), tr("of")});
        any = any || funnel.visits.front() > 0;
        for (std::size_t step = 0; step < funnel.visits.size(); ++step) {
            rows[step].cells.push_back(share({funnel.visits[step], funnel.visits.front()}));
        }
    }
    table.set(std::move(columns), any ? std::move(rows) : std::vector<FigureRow>());
}

void fill_journeys(FigureTableModel &table, const std::vector<db::Journey> &journeys, qint64 all_visits) {
    std::vector<FigureRow> rows;
    for (const auto &journey : journeys) {
        QStringList steps;
        for (const auto &step : journey.steps) {
            steps << step_label(step);
        }
        if (!steps.isEmpty()) {
            rows.push_back({{steps.join(FlowChart::separator()), qint64(journey.visits),
                             share({journey.visits, all_visits}), qint64(journey.bookings),
                             share({journey.bookings, journey.visits})},
                            {}});
        }
    }
    table.set({{tr("Path"), FigureKind::Text},
               {tr("Visits"), FigureKind::Count},
               {tr("Of all visits"), FigureKind::Share, tr("visits"), tr("of all")},
               {tr("Bookings"), FigureKind::Count},
               {tr("Conversion"), FigureKind::Share, tr("bookings"), tr("visits")}},
              std::move(rows));
}

void fill_heat_map(FigureTableModel &table, const std::vector<db::HeatCell> &cells) {
    std::vector<FigureRow> rows;
    if (!cells.empty()) {
        for (std::size_t hour = 0; hour < hours_of_week; ++hour) {
            rows.push_back({{QLocale().dayName(static_cast<int>(hour) / 24 + 1), qint64(hour) % 24, qint64(0),
                             qint64(0)},
                            {}});
        }
    }
    for (const auto &cell : cells) {
        auto &row =
            rows.at(static_cast<std::size_t>(cell.weekday) * 24 + static_cast<std::size_t>(cell.hour));
        row.cells[2] = qint64(cell.visits);
        row.cells[3] = qint64(cell.bookings);
    }
    table.set({{tr("Weekday"), FigureKind::Text},
               {tr("Hour"), FigureKind::Count},
               {tr("Visits"), FigureKind::Count},
               {tr("Bookings"), FigureKind::Count}},
              std::move(rows));
}

} // namespace studio::ui
