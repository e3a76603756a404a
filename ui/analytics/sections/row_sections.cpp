// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/sections/row_sections.h"

#include "db/analytics/analytics_store.h"
#include "db/stores/measurement_store.h"
#include "ui/analytics/list_rows.h"
#include "ui/analytics/sections/list_sections.h"
#include "ui/analytics/targets.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_tile.h"
#include "ui/charts/line_chart.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>

namespace studio::ui {

namespace {
enum PlatformTile { Active, Bookings, Conversion, Wins };
constexpr int requests_without_visit_column = 7;
} // namespace

VisitsSection::VisitsSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("visits"), parent),
      m_more(new QPushButton(tr("Show more"), this)) {
    auto *table = new FigureTableModel;
    m_card = new ChartCard(QStringLiteral("analytics.visits.card"), tr("Visits, newest first"));
    auto *view = new QTableView;
    view->setObjectName(QStringLiteral("analytics.visits.rows"));
    view->setAccessibleName(tr("Visits"));
    view->setModel(table);
    set_figure_view(view);
    view->horizontalHeader()->setMinimumSectionSize(96);
    connect(table, &QAbstractItemModel::modelReset, view, [view] {
        view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        view->horizontalHeader()->setSectionResizeMode(view->model()->columnCount() - 1,
                                                       QHeaderView::Stretch);
    });
    m_card->set_chart(view, table);
    m_card->setMinimumHeight(460);
    m_more->setObjectName(QStringLiteral("analytics.visits.more"));
    column()->addWidget(m_card, 1);
    column()->addWidget(m_more, 0, Qt::AlignLeft);
    auto *bots = new FigureTableModel;
    m_bots = new ChartCard(QStringLiteral("analytics.visits.bots"), tr("Bots and crawlers"));
    m_bots->set_note(tr("Search engines and other automated programs, by the name they send. No other figure "
                        "includes them, and filters do not apply here. Days are counted in UTC."));
    m_bots->set_empty_text(tr("No bots in this period."));
    auto *list = new BarList(QStringLiteral("analytics.visits.bots.chart"), *bots, 1);
    list->setAccessibleName(tr("Bots and crawlers by requests"));
    m_bots->set_chart(list, bots);
    m_bots->setMinimumHeight(240);
    column()->addWidget(m_bots);
    connect(m_bots, &ChartCard::failed, this, &FiguresSection::failed);
    connect(m_more, &QPushButton::clicked, this, &VisitsSection::load_more);
    connect(m_card, &ChartCard::failed, this, &FiguresSection::failed);
}

void VisitsSection::load(const AnalyticsQuery &query) {
    struct Answer {
        std::vector<db::VisitRow> rows;
        qint64 all;
        std::vector<db::BotRow> bots;
    };
    read(
        From::Visits, {tr("Loading visits…"), false, {m_card, m_bots}},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            return Answer{store.visits(query.tenant, query.range, query.filter, page_size),
                          store.totals(query.tenant, query.range, query.filter).visits,
                          store.bots(query.tenant, query.range)};
        },
        [this](const Answer &answer) {
            m_rows = answer.rows;
            m_all = answer.all;
            fill_bots(*m_bots->table(), answer.bots);
            show_rows(m_rows.size() == page_size);
        });
}

void VisitsSection::forget() {
    m_rows.clear();
    m_more->hide();
}

void VisitsSection::load_more() {
    if (loads() || m_rows.empty()) {
        return;
    }
    read(
        From::Visits, {tr("Loading visits…"), true},
        [query = query(), last = m_rows.back()](db::Session &session) {
            return db::AnalyticsStore(session).visits(query.tenant, query.range, query.filter, page_size,
                                                      last);
        },
        [this](const std::vector<db::VisitRow> &rows) {
            m_rows.insert(m_rows.end(), rows.begin(), rows.end());
            show_rows(rows.size() == page_size);
        });
}

void VisitsSection::show_rows(bool more) {
    fill_visits(*m_card->table(), query(), m_rows);
    const auto shown = format_count(qint64(m_rows.size()));
    const auto remark = more ? tr("The newest %1 of %2 visits.").arg(shown, format_count(m_all)) : QString();
    m_card->table()->set_remark(remark);
    auto clock = clock_label(query());
    clock.replace(0, 1, clock.front().toUpper());
    m_card->set_note(tr("%1 %2.").arg(more ? remark : tr("All %1 visits.").arg(shown), clock));
    m_more->setVisible(more);
    settle(!m_rows.empty() || m_bots->table()->rowCount() > 0);
}

PlatformSection::PlatformSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("platform"), parent) {
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(12);
    const std::vector<std::pair<const char *, QString>> titles{
        {"active", tr("Companions live")},
        {"bookings", tr("Bookings")},
        {"conversion", tr("Conversion rate")},
        {"wins", tr("A/B tests with a better variant")}};
    for (const auto &[name, title] : titles) {
        m_tiles.push_back(new FigureTile(QStringLiteral("analytics.platform.") + QLatin1String(name), title));
        tiles->addWidget(m_tiles.back(), 1);
    }
    auto *targets = new FigureTableModel;
    m_targets = new ChartCard(QStringLiteral("analytics.platform.targets"), tr("Goals"));
    auto *aims = new QTableView;
    aims->setObjectName(QStringLiteral("analytics.platform.targets.rows"));
    aims->setAccessibleName(tr("Goals"));
    aims->setModel(targets);
    set_figure_view(aims);
    connect(targets, &QAbstractItemModel::modelReset, aims, [aims] {
        aims->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        aims->horizontalHeader()->setSectionResizeMode(4, QHeaderView::Stretch);
    });
    aims->horizontalHeader()->setMinimumSectionSize(120);
    m_targets->set_note(tr("Uptime and page load time are measured by day in UTC."));
    m_targets->set_chart(aims, targets);
    m_targets->setMinimumHeight(340);
    connect(m_targets, &ChartCard::failed, this, &FiguresSection::failed);
    auto *months = new FigureTableModel;
    m_months = new ChartCard(QStringLiteral("analytics.platform.months"), tr("Bookings by month"));
    auto *lines = new LineChart(QStringLiteral("analytics.platform.months.chart"), *months);
    lines->setAccessibleName(tr("Bookings by month"));
    lines->set_styles({{LineChart::Role::Area, 0}, {LineChart::Role::Hidden, 1}});
    m_months->set_chart(lines, months);
    m_months->setMinimumHeight(240);
    auto *tenants = new FigureTableModel;
    m_tenants = new ChartCard(QStringLiteral("analytics.platform.tenants"), tr("Companions"));
    auto *bars = new BarList(QStringLiteral("analytics.platform.tenants.chart"), *tenants, 1);
    bars->setAccessibleName(tr("Companions by visits"));
    m_tenants->set_chart(bars, tenants);
    connect(tenants, &QAbstractItemModel::modelReset, bars, [bars] {
        bars->setColumnHidden(requests_without_visit_column, true); // the figure tile and the table show it
    });
    m_tenants->set_note(tr("Select a row to see her figures."));
    m_tenants->setMinimumHeight(340);
    column()->addLayout(tiles);
    column()->addWidget(m_targets);
    column()->addWidget(m_months);
    column()->addWidget(m_tenants, 1);
    connect(bars, &BarList::chosen, this, &FiguresSection::tenant_requested);
    connect(m_months, &ChartCard::failed, this, &FiguresSection::failed);
    connect(m_tenants, &ChartCard::failed, this, &FiguresSection::failed);
}

void PlatformSection::load(const AnalyticsQuery &query) {
    struct Answer {
        db::PlatformFigures figures;
        Measured measured;
    };
    read(
        From::Sums, {tr("Counting visits…"), false, {m_targets, m_months, m_tenants}},
        [range = query.range](db::Session &session) {
            db::MeasurementStore measurements(session);
            return Answer{db::AnalyticsStore(session).platform(range),
                          {measurements.uptime(range), measurements.page_loads({}, range)}};
        },
        [this](const Answer &answer) {
            const auto &[figures, measured] = answer;
            db::Totals all;
            std::int64_t without_visit = 0;
            for (const auto &tenant : figures.tenants) {
                all.visits += tenant.totals.visits;
                all.bookings += tenant.totals.bookings;
                without_visit += tenant.requests_without_visit;
            }
            m_tiles[Active]->set(format_count(figures.active_tenants), {},
                                 tr("of %1 companions").arg(figures.tenants.size()));
            const auto visits = tr("from %1 visits").arg(format_count(all.visits));
            m_tiles[Bookings]->set(
                format_count(all.bookings), {},
                without_visit == 0
                    ? visits
                    : tr("%1; apart from %2").arg(visits, requests_without_visit_label(without_visit)));
            m_tiles[Conversion]->set(format_share(conversion(all)), {}, share_sentence(conversion(all)));
            m_tiles[Wins]->set(figures.tests_ended == 0
                                   ? QStringLiteral("–")
                                   : tr("%1 of %2").arg(figures.tests_won).arg(figures.tests_ended),
                               {},
                               figures.tests_ended == 0 ? tr("no test ended in this period")
                                                        : tr("tests that ended in this period"));
            fill_targets(*m_targets->table(), figures, measured, this->query().range,
                         QDateTime::currentDateTimeUtc().date());
            fill_months(*m_months->table(), figures);
            fill_platform(*m_tenants->table(), figures);
            settle(!figures.tenants.empty());
        });
}

} // namespace studio::ui
