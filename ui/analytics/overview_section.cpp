// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/overview_section.h"

#include "db/analytics/analytics_store.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_tile.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/state_stack.h"

#include <QComboBox>
#include <QGridLayout>

#include <cmath>

namespace studio::ui {

namespace {

constexpr int most_rows = 8;
constexpr int tiles_in_row = 4;
enum Tile { Visits, Visitors, Bookings, Conversion, Duration, Engagement, Bounce, Value };

QString name_of(const char *part) {
    return QStringLiteral("analytics.overview.") + QLatin1String(part);
}

} // namespace

OverviewSection::OverviewSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("overview"), parent), m_metric(new QComboBox(this)) {
    const std::array<std::pair<const char *, QString>, 8> titles{{{"visits", tr("Visits")},
                                                                  {"visitors", tr("Unique visitors")},
                                                                  {"bookings", tr("Bookings")},
                                                                  {"conversion", tr("Conversion rate")},
                                                                  {"duration", tr("Average visit")},
                                                                  {"engagement", tr("Photo engagement")},
                                                                  {"bounce", tr("Left at once")},
                                                                  {"value", tr("Booking value")}}};
    auto *tiles = new QGridLayout;
    tiles->setSpacing(12);
    for (std::size_t index = 0; index < titles.size(); ++index) {
        m_tiles[index] = new FigureTile(name_of(titles[index].first), titles[index].second);
        tiles->addWidget(m_tiles[index], static_cast<int>(index) / tiles_in_row,
                         static_cast<int>(index) % tiles_in_row);
    }
    for (int place = 0; place < tiles_in_row; ++place) {
        tiles->setColumnStretch(place, 1);
    }
    auto *trend_table = new FigureTable;
    m_trend = new ChartCard(name_of("trend"), tr("Over time"));
    m_chart = new LineChart(name_of("trend.chart"), *trend_table);
    m_chart->setAccessibleName(tr("Figures over time"));
    m_chart->set_styles({{LineChart::Role::Area, 0}, {LineChart::Role::Before, 0}});
    m_trend->set_chart(m_chart, trend_table);
    m_trend->setMinimumHeight(300);
    m_metric->setObjectName(name_of("metric"));
    m_metric->setAccessibleName(tr("Figure to show over time"));
    for (const auto metric : metrics()) {
        m_metric->addItem(metric_name(metric), static_cast<int>(metric));
    }
    m_trend->add_control(m_metric);
    const auto list = [this](const char *name, const QString &title, Field field) {
        auto *table = new FigureTable;
        auto *card = new ChartCard(name_of(name), title);
        auto *bars = new BarList(card->objectName() + QStringLiteral(".chart"), *table, 1);
        bars->setAccessibleName(title);
        card->set_chart(bars, table);
        card->setMinimumHeight(320);
        connect(bars, &BarList::chosen, this,
                [this, field](const QString &value) { emit filter_wanted(field, value); });
        connect(table, &QAbstractItemModel::modelReset, bars, [bars] {
            bars->setColumnHidden(2, true); // the tab of sources has them all
            bars->setColumnHidden(5, true);
        });
        connect(card, &ChartCard::failed, this, &FiguresSection::failed);
        return card;
    };
    m_sources = list("sources", tr("Where visits come from"), Field::Source);
    m_pages = list("pages", tr("Pages seen"), Field::Page);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_sources, 1);
    row->addWidget(m_pages, 1);
    column()->addLayout(tiles);
    column()->addWidget(m_trend);
    column()->addLayout(row);
    connect(m_metric, &QComboBox::currentIndexChanged, this, &OverviewSection::show_trend);
    connect(m_trend, &ChartCard::failed, this, &FiguresSection::failed);
    const auto open_day = [this](const QString &key) {
        if (const auto day = QDate::fromString(key, Qt::ISODate); day.isValid()) {
            emit day_wanted(day);
        }
    };
    connect(m_chart, &LineChart::row_chosen, this, [this, open_day](int row_chosen) {
        open_day(m_trend->table()->rows().at(static_cast<std::size_t>(row_chosen)).key);
    });
    connect(m_trend, &ChartCard::row_activated, this, open_day);
}

void OverviewSection::load(const Question &question) {
    read(
        [question](db::Session &session) {
            db::AnalyticsStore store(session);
            const auto before = period_before(question.range);
            const auto grain = fitting_grain(question.range);
            Answer answer;
            answer.now = store.totals(question.tenant, question.range, question.filter);
            answer.before = store.totals(question.tenant, before, question.filter);
            answer.trend = store.trend(question.tenant, question.range, grain, question.filter);
            answer.trend_before = store.trend(question.tenant, before, grain, question.filter);
            answer.sources = store.breakdown(question.tenant, question.range, db::Dimension::Source,
                                             most_rows, question.filter);
            answer.pages = store.breakdown(question.tenant, question.range, db::Dimension::Page, most_rows,
                                           question.filter);
            return answer;
        },
        [this](const Answer &answer) { show(answer); });
}

std::vector<std::pair<QString, const FigureTable *>> OverviewSection::more_tables() const {
    return {{tr("Overview"), &m_summary}};
}

void OverviewSection::show(const Answer &answer) {
    m_answer = answer;
    fill_summary(m_summary, question(), answer.now, answer.before);
    show_tiles();
    show_trend();
    fill_breakdown(*m_sources->table(), question(), db::Dimension::Source, answer.sources);
    fill_breakdown(*m_pages->table(), question(), db::Dimension::Page, answer.pages);
    settle(answer.now.visits > 0 || answer.before.visits > 0);
}

TrendSoFar OverviewSection::so_far() const {
    return trend_so_far(question(), fitting_grain(question().range), m_answer.trend,
                        QDateTime::currentDateTimeUtc());
}

std::vector<double> OverviewSection::sparks(const std::function<double(const db::Totals &)> &figure) const {
    const auto reached = so_far();
    std::vector<double> values;
    for (std::size_t place = 0; place + (reached.open ? 1 : 0) < reached.begun; ++place) {
        values.push_back(figure(m_answer.trend[place].totals));
    }
    return values;
}

// A rate of few is none: it would jump between 0 and 100 %.
std::vector<double> OverviewSection::days_of(Metric metric) const {
    return sparks([metric](const db::Totals &totals) {
        const auto value = metric_of(totals, metric);
        if (!value.canConvert<Share>()) {
            return value.isValid() ? value.toDouble() : std::nan("");
        }
        const auto share = value.value<Share>();
        return share.readable() ? share.rate() : std::nan("");
    });
}

void OverviewSection::show_tiles() {
    const auto &now = m_answer.now;
    const auto &before = m_answer.before;
    const auto counts = [](qint64 number) { return static_cast<double>(number); };
    m_tiles[Visits]->set(count_words(now.visits), count_change(counts(now.visits), counts(before.visits)),
                         tr("%1 page views").arg(count_words(now.page_views)));
    m_tiles[Visitors]->set(count_words(now.visitors),
                           count_change(counts(now.visitors), counts(before.visitors)),
                           tr("different people or devices"));
    m_tiles[Bookings]->set(count_words(now.bookings),
                           count_change(counts(now.bookings), counts(before.bookings)),
                           tr("cancelled and spam left out"));
    const auto rate = [this](Tile tile, const Share &share, const Share &share_before, bool good) {
        m_tiles[tile]->set(share_words(share), share_change(share, share_before), share_sentence(share),
                           good);
    };
    rate(Conversion, conversion(now), conversion(before), true);
    rate(Engagement, engagement(now), engagement(before), true);
    rate(Bounce, bounce(now), bounce(before), false);
    const auto seconds = average_seconds(now), seconds_before = average_seconds(before);
    m_tiles[Duration]->set(seconds ? duration_words(*seconds) : QStringLiteral("–"),
                           now.timed_visits >= Share::fewest && before.timed_visits >= Share::fewest
                               ? count_change(*seconds, *seconds_before)
                               : Change{},
                           now.timed_visits < Share::fewest
                               ? tr("%1 visits of several steps: few").arg(now.timed_visits)
                               : tr("of %1 visits of several steps").arg(count_words(now.timed_visits)));
    m_tiles[Value]->set(money_words(now.value, question().currency), count_change(now.value, before.value),
                        tr("of services with a price"));
    m_tiles[Visits]->set_days(days_of(Metric::Visits));
    m_tiles[Visitors]->set_days(days_of(Metric::Visitors));
    m_tiles[Bookings]->set_days(days_of(Metric::Bookings));
    m_tiles[Conversion]->set_days(days_of(Metric::Conversion));
    m_tiles[Engagement]->set_days(days_of(Metric::Engagement));
    m_tiles[Bounce]->set_days(sparks([](const db::Totals &totals) {
        return bounce(totals).readable() ? bounce(totals).rate() : std::nan("");
    }));
    m_tiles[Duration]->set_days(
        sparks([](const db::Totals &totals) { return average_seconds(totals).value_or(std::nan("")); }));
    m_tiles[Value]->set_days(sparks([](const db::Totals &totals) { return totals.value; }));
}

void OverviewSection::show_trend() {
    const auto metric = static_cast<Metric>(m_metric->currentData().toInt());
    const auto grain = fitting_grain(question().range);
    const auto reached = so_far();
    QStringList note{tr("Against %1").arg(range_words(period_before(question().range)))};
    if (reached.open) {
        note << (grain == db::Grain::Hour  ? tr("the hour that is not over is dashed")
                 : grain == db::Grain::Day ? tr("today, which is not over, is dashed")
                                           : tr("the month that is not over is dashed"));
    }
    m_trend->set_note(note.join(QStringLiteral("; ")));
    m_chart->set_open_end(reached.open);
    fill_trend(*m_trend->table(), question(), grain, metric, m_answer.trend, m_answer.trend_before,
               reached.begun);
}

} // namespace studio::ui
