// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/list_rows.h"

#include "ui/analytics/figure_rows.h"
#include "ui/analytics/targets.h"
#include "ui/charts/flow_chart.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <map>
#include <string_view>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

// The furthest of the funnel's steps that the visit took, in any order; -1 for none. (The funnel itself
// counts steps only in their order.)
int furthest_step(const db::VisitRow &visit) {
    int furthest = visit.bookings > 0 ? static_cast<int>(db::funnel_steps.size()) - 1 : visit.stage;
    for (const auto &step : visit.path) {
        const auto found =
            std::ranges::find(db::funnel_steps, step.starts_with('/') ? "page_view" : std::string_view(step));
        if (found != db::funnel_steps.end()) {
            furthest = std::max(furthest, static_cast<int>(found - db::funnel_steps.begin()));
        }
    }
    return furthest;
}

} // namespace

void fill_services(FigureTableModel &table, const AnalyticsQuery &query,
                   const std::vector<db::BookingServiceRow> &rows,
                   const db::RequestsWithoutVisit &without_visit) {
    std::vector<FigureColumn> columns{{tr("Service"), FigureKind::Text},
                                      {tr("Bookings"), FigureKind::Count},
                                      {tr("Cancelled"), FigureKind::Count}};
    const bool one_currency = !query.tenant.empty();
    if (one_currency) {
        columns.push_back({tr("Value"), FigureKind::Money});
    }
    std::vector<FigureRow> figures;
    const auto add = [&](const QString &name, const auto &row) {
        figures.push_back({{name, qint64(row.bookings), qint64(row.cancelled)}, {}});
        if (one_currency) {
            figures.back().cells.push_back(row.value);
        }
    };
    for (const auto &row : rows) {
        add(value_label(db::Dimension::Service, row.service), row);
    }
    if (without_visit.bookings + without_visit.cancelled > 0) {
        add(tr("Requests without a counted visit"), without_visit);
    }
    table.set_currency(query.currency);
    table.set(std::move(columns), std::move(figures));
}

void fill_visits(FigureTableModel &table, const AnalyticsQuery &query,
                 const std::vector<db::VisitRow> &rows) {
    std::vector<FigureRow> figures;
    for (const auto &row : rows) {
        QStringList steps;
        for (const auto &step : row.path) {
            steps << step_label(step);
        }
        const int furthest = furthest_step(row);
        figures.push_back(
            {{to_date_time(row.started_at, query.zone), value_label(db::Dimension::Source, row.source),
              value_label(db::Dimension::Device, row.device),
              value_label(db::Dimension::Country, row.country), qint64(row.page_views), double(row.seconds),
              furthest >= 0 ? step_label(db::funnel_steps[static_cast<std::size_t>(furthest)])
                            : QStringLiteral("–"),
              qint64(row.bookings), steps.join(FlowChart::separator())},
             QString::fromStdString(row.visit_id.text())});
    }
    table.set({{tr("Started"), FigureKind::Hour},
               {tr("Source"), FigureKind::Text},
               {tr("Device"), FigureKind::Text},
               {tr("Country"), FigureKind::Text},
               {tr("Pages"), FigureKind::Count},
               {tr("Time"), FigureKind::Duration},
               {tr("Furthest step"), FigureKind::Text},
               {tr("Bookings"), FigureKind::Count},
               {tr("Path"), FigureKind::Text}},
              std::move(figures));
}

void fill_platform(FigureTableModel &table, const db::PlatformFigures &figures) {
    std::vector<FigureRow> rows;
    for (const auto &tenant : figures.tenants) {
        const auto seconds = average_seconds(tenant.totals);
        rows.push_back(
            {{QString::fromStdString(tenant.name), qint64(tenant.totals.visits),
              qint64(tenant.totals.bookings), QVariant::fromValue(conversion(tenant.totals)),
              QVariant::fromValue(engagement(tenant.totals)), seconds ? QVariant(*seconds) : QVariant(),
              reached_label(tenant.totals), qint64(tenant.requests_without_visit)},
             to_text(tenant.tenant_id)});
    }
    table.set({{tr("Companion"), FigureKind::Text},
               {tr("Visits"), FigureKind::Count},
               {tr("Bookings"), FigureKind::Count},
               {tr("Conversion"), FigureKind::Share, tr("bookings"), tr("visits")},
               {tr("Viewed photos"), FigureKind::Share, tr("with photos"), tr("visits")},
               {tr("Average visit"), FigureKind::Duration},
               {tr("Goals reached"), FigureKind::Text},
               {tr("Requests without a counted visit"), FigureKind::Count}},
              std::move(rows));
}

void fill_months(FigureTableModel &table, const db::PlatformFigures &figures) {
    std::vector<FigureRow> rows;
    for (const auto &month : figures.months) {
        rows.push_back({{QDateTime(to_date(month.month), QTime(0, 0), Qt::UTC), qint64(month.bookings),
                         qint64(month.visits)},
                        {}});
    }
    table.set({{tr("Month"), FigureKind::Month},
               {tr("Bookings"), FigureKind::Count},
               {tr("Visits"), FigureKind::Count}},
              std::move(rows));
}

void fill_bots(FigureTableModel &table, const std::vector<db::BotRow> &rows) {
    const std::map<std::string, QString> names{{"search", tr("Search engines")},
                                               {"ai", tr("AI assistants and their crawlers")},
                                               {"seo", tr("Search marketing tools")},
                                               {"monitoring", tr("Monitoring")},
                                               {"social", tr("Previews of social networks")},
                                               {"headless", tr("Automated browsers")},
                                               {"other", tr("Other bots")}};
    std::vector<FigureRow> figures;
    for (const auto &row : rows) {
        const auto name = names.find(row.bot_class);
        figures.push_back({{name == names.end() ? QString::fromStdString(row.bot_class) : name->second,
                            qint64(row.pages), qint64(row.visits)},
                           {}});
    }
    table.set({{tr("Kind"), FigureKind::Text},
               {tr("Requests"), FigureKind::Count},
               {tr("Visits"), FigureKind::Count}},
              std::move(figures));
}

} // namespace studio::ui
