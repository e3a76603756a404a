// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/sections/overview_section.h"

#include "db/analytics/analytics_store.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_tile.h"
#include "ui/charts/format_figure.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr int rows_shown = 8, max_rows = 1000;
constexpr int tiles_in_row = 4;
// Shows the first rows of a list, and says how many there are in all.
void show_first(ChartCard &card, std::vector<db::BreakdownRow> rows, const AnalyticsQuery &query,
                db::Dimension dimension, const QString &all_are_in) {
    const auto count = rows.size();
    rows.resize(std::min<std::size_t>(count, rows_shown));
    fill_breakdown(*card.table(), query, dimension, rows);
    const bool cut = count > rows.size();
    const auto note =
        cut ? OverviewSection::tr("The first %1 of %2. See all in %3.")
                  .arg(format_count(qint64(rows.size())), format_count(qint64(count)), all_are_in)
            : QString();
    card.table()->set_remark(note);
    card.set_note(note);
}

enum Tile { Visits, Visitors, Bookings, Conversion, Duration, Engagement, Bounce, Value };

QString name_of(const char *part) {
    return QStringLiteral("analytics.overview.") + QLatin1String(part);
}

} // namespace

OverviewSection::OverviewSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("overview"), parent),
      m_capped(new Banner(name_of("capped"), this)), m_without_visit(new QLabel(this)),
      m_metric(new QComboBox(this)) {
    const std::array<std::pair<const char *, QString>, 8> titles{{{"visits", tr("Visits")},
                                                                  {"visitors", tr("Visitors")},
                                                                  {"bookings", tr("Bookings")},
                                                                  {"conversion", tr("Conversion rate")},
                                                                  {"duration", tr("Average visit")},
                                                                  {"engagement", tr("Viewed photos")},
                                                                  {"bounce", tr("Left after one page")},
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
    auto *trend_table = new FigureTableModel;
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
    column()->addWidget(m_capped);
    m_without_visit->setObjectName(name_of("without_visit"));
    m_without_visit->setWordWrap(true);
    set_text_role(m_without_visit, TextRole::Muted);
    column()->addLayout(tiles);
    column()->addWidget(m_without_visit);
    column()->addWidget(m_trend);
    build_lists();
    connect(m_metric, &QComboBox::currentIndexChanged, this, [this] {
        if (is_shown()) {
            show_trend();
        }
    });
    connect(m_trend, &ChartCard::failed, this, &FiguresSection::failed);
    const auto open_day = [this](const QString &key) {
        if (const auto day = QDate::fromString(key, Qt::ISODate); day.isValid()) {
            emit day_requested(day);
        }
    };
    connect(m_chart, &LineChart::row_chosen, this, [this, open_day](int row_chosen) {
        open_day(m_trend->table()->rows().at(static_cast<std::size_t>(row_chosen)).key);
    });
    connect(m_trend, &ChartCard::row_activated, this, open_day);
}

void OverviewSection::build_lists() {
    const auto list = [this](const char *name, const QString &title, Field field) {
        auto *table = new FigureTableModel;
        auto *card = new ChartCard(name_of(name), title);
        auto *bars = new BarList(card->objectName() + QStringLiteral(".chart"), *table, 1);
        bars->setAccessibleName(title);
        card->set_chart(bars, table);
        card->setMinimumHeight(320);
        connect(bars, &BarList::chosen, this,
                [this, field](const QString &value) { emit filter_requested(field, value); });
        connect(table, &QAbstractItemModel::modelReset, bars, [bars] {
            bars->setColumnHidden(4, true); // the Sources section shows that column
        });
        connect(card, &ChartCard::failed, this, &FiguresSection::failed);
        return card;
    };
    m_sources = list("sources", tr("Where visits come from"), Field::Source);
    m_pages = list("pages", tr("Pages viewed"), Field::Page);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_sources, 1);
    row->addWidget(m_pages, 1);
    column()->addLayout(row);
}

void OverviewSection::load(const AnalyticsQuery &query) {
    m_visitors.reset();
    m_visitors_missing = false;
    read_sums(query);
    read_lists(query);
    read_visitors(query);
}

void OverviewSection::forget() {
    m_answer = {};
    m_visitors.reset();
    m_summary.set({}, {});
}

void OverviewSection::read_sums(const AnalyticsQuery &query) {
    read(
        from(), {tr("Counting visits…")},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            const auto before = compared_period(query);
            const auto grain = fitting_grain(query.range);
            // A chart of hours compares with the whole days before, not only with their part up to this time
            // of day.
            const auto trend_before = grain == db::Grain::Hour ? period_before(query.range) : before;
            Answer answer;
            answer.now.totals = store.totals(query.tenant, query.range, query.filter);
            answer.before.totals = store.totals(query.tenant, before, query.filter);
            answer.trend = store.trend(query.tenant, query.range, grain, query.filter);
            answer.trend_before = store.trend(query.tenant, trend_before, grain, query.filter);
            if (query.filter == db::AnalyticsFilter{}) {
                const auto requests = [&](const db::DateRange &range) {
                    return store.requests_without_visit(query.tenant, range).bookings;
                };
                answer.now.requests_without_visit = requests(query.range);
                answer.before.requests_without_visit = requests(before);
            }
            if (query.tenant.empty() && query.filter == db::AnalyticsFilter{}) {
                answer.now.values = store.values(query.tenant, query.range);
                answer.before.values = store.values(query.tenant, before);
            }
            answer.capped = read_capped_hours(session, query);
            return answer;
        },
        [this](const Answer &answer) { show(answer); });
}

void OverviewSection::read_lists(const AnalyticsQuery &query) {
    const bool sums = from(db::Dimension::Source) == From::Sums && from(db::Dimension::Page) == From::Sums;
    read(
        sums ? From::Sums : From::Visits, {tr("Counting visits…"), true, {m_sources, m_pages}},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            const auto list = [&](db::Dimension dimension) {
                return store.breakdown(query.tenant, query.range, dimension, max_rows, query.filter);
            };
            return Lists{list(db::Dimension::Source), list(db::Dimension::Page)};
        },
        [this](const Lists &lists) { show_lists(lists); });
}

void OverviewSection::read_visitors(const AnalyticsQuery &query) {
    read(
        From::Visits,
        {tr("Counting visitors…"),
         true,
         {},
         [this] {
             m_visitors_missing = true;
             show_visitors();
         }},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            return VisitorCounts{store.visitors(query.tenant, query.range, query.filter),
                                 store.visitors(query.tenant, compared_period(query), query.filter)};
        },
        [this](const VisitorCounts &visitors) {
            m_visitors = visitors;
            if (is_shown()) {
                show_summary();
                show_visitors();
            }
        });
}

std::vector<std::pair<QString, const FigureTableModel *>> OverviewSection::more_tables() const {
    return {{tr("Overview"), &m_summary}};
}

void OverviewSection::show(const Answer &answer) {
    m_answer = answer;
    if (const auto capped = capped_hours_note(query(), answer.capped); capped.isEmpty()) {
        m_capped->clear();
    } else {
        m_capped->show_message(Tone::Caution, capped, {}, Banner::Dismissal::Never);
    }
    show_summary();
    show_tiles();
    show_trend();
    settle(answer.now.totals.visits > 0 || answer.before.totals.visits > 0 ||
           answer.now.requests_without_visit.value_or(0) > 0);
}

void OverviewSection::show_summary() {
    auto now = m_answer.now, before = m_answer.before;
    if (m_visitors) {
        now.visitors = m_visitors->first;
        before.visitors = m_visitors->second;
    }
    fill_summary(m_summary, query(), now, before);
}

void OverviewSection::show_lists(const Lists &lists) {
    show_first(*m_sources, lists.sources, query(), db::Dimension::Source, tr("Sources"));
    show_first(*m_pages, lists.pages, query(), db::Dimension::Page, tr("Audience"));
}

TrendSoFar OverviewSection::so_far() const {
    return trend_so_far(query(), fitting_grain(query().range), m_answer.trend,
                        QDateTime::currentDateTimeUtc());
}

std::vector<double>
OverviewSection::sparks(const std::function<double(const db::TrendPoint &)> &figure) const {
    const auto reached = so_far();
    std::vector<double> values;
    for (std::size_t place = 0; place + (reached.open ? 1 : 0) < reached.begun; ++place) {
        values.push_back(figure(m_answer.trend[place]));
    }
    return values;
}

// Below the minimum count no rate is shown: it would jump between 0 and 100 %.
std::vector<double> OverviewSection::days_of(Metric metric) const {
    return sparks([metric](const db::TrendPoint &point) {
        const auto value = metric_of(point, metric);
        if (!value.canConvert<Share>()) {
            return value.isValid() ? value.toDouble() : std::nan("");
        }
        const auto share = value.value<Share>();
        return share.readable() ? share.rate() : std::nan("");
    });
}

void OverviewSection::show_tiles() {
    const auto &now = m_answer.now.totals;
    const auto &before = m_answer.before.totals;
    const auto counts = [](qint64 number) { return static_cast<double>(number); };
    m_tiles[Visits]->set(format_count(now.visits), count_change(counts(now.visits), counts(before.visits)),
                         tr("%1 page views").arg(format_count(now.page_views)));
    m_tiles[Bookings]->set(format_count(now.bookings),
                           count_change(counts(now.bookings), counts(before.bookings)),
                           tr("excluding cancelled and spam"));
    const auto rate = [this](Tile tile, const Share &share, const Share &share_before, bool good) {
        m_tiles[tile]->set(format_share(share), share_change(share, share_before), share_sentence(share),
                           good);
    };
    rate(Conversion, conversion(now), conversion(before), true);
    rate(Engagement, engagement(now), engagement(before), true);
    rate(Bounce, bounce(now), bounce(before), false);
    const auto seconds = average_seconds(now), seconds_before = average_seconds(before);
    m_tiles[Duration]->set(seconds ? format_duration(*seconds) : QStringLiteral("–"),
                           now.timed_visits >= Share::min_count && before.timed_visits >= Share::min_count
                               ? count_change(*seconds, *seconds_before)
                               : Change{},
                           timed_visits_note(now.timed_visits));
    show_visitors();
    show_value();
    show_requests_without_visit();
    m_tiles[Visits]->set_days(days_of(Metric::Visits));
    m_tiles[Visitors]->set_days(days_of(Metric::Visitors));
    m_tiles[Bookings]->set_days(days_of(Metric::Bookings));
    m_tiles[Conversion]->set_days(days_of(Metric::Conversion));
    m_tiles[Engagement]->set_days(days_of(Metric::Engagement));
    m_tiles[Bounce]->set_days(sparks([](const db::TrendPoint &point) {
        return bounce(point.totals).readable() ? bounce(point.totals).rate() : std::nan("");
    }));
    m_tiles[Duration]->set_days(sparks(
        [](const db::TrendPoint &point) { return average_seconds(point.totals).value_or(std::nan("")); }));
}

void OverviewSection::show_visitors() {
    if (m_visitors) {
        m_tiles[Visitors]->set(
            format_count(m_visitors->first),
            count_change(static_cast<double>(m_visitors->first), static_cast<double>(m_visitors->second)),
            tr("each visit without consent is one"));
        return;
    }
    m_tiles[Visitors]->set(m_visitors_missing ? QStringLiteral("–") : QStringLiteral("…"), {},
                           m_visitors_missing ? tr("Not counted") : tr("Counting visitors…"));
}

// The value of bookings of a single companion, or for all companions a sum for each currency, because
// currencies are not added.
void OverviewSection::show_value() {
    auto *tile = m_tiles[Value];
    const auto &now = m_answer.now;
    const auto note = tr("for services with a price");
    tile->set_days({});
    if (!query().tenant.empty()) {
        tile->set(format_amount(now.totals.value, query().currency),
                  count_change(now.totals.value, m_answer.before.totals.value), note);
        tile->set_days(sparks([](const db::TrendPoint &point) { return point.totals.value; }));
        return;
    }
    QStringList sums;
    for (const auto &[currency, value] : now.values) {
        sums << format_amount(value, QString::fromStdString(currency));
    }
    if (query().filter != db::AnalyticsFilter{}) {
        tile->set(QStringLiteral("–"), {}, tr("Choose a companion, or no filter."));
    } else if (sums.size() > 1) {
        tile->set(tr("%1 currencies").arg(sums.size()), {}, sums.join(QStringLiteral(" · ")));
    } else {
        tile->set(sums.isEmpty() ? QStringLiteral("0") : sums.front(), {}, note);
    }
}

void OverviewSection::show_requests_without_visit() {
    const auto count = m_answer.now.requests_without_visit.value_or(0);
    m_without_visit->setVisible(count > 0);
    m_without_visit->setText(
        tr("%1: sent without a visit, or the visit was erased or a bot’s. Bookings, rates "
           "and values leave them out.")
            .arg(requests_without_visit_label(count)));
}

void OverviewSection::show_trend() {
    const auto metric = static_cast<Metric>(m_metric->currentData().toInt());
    const auto grain = fitting_grain(query().range);
    const auto reached = so_far();
    QStringList note{tr("Compared with %1")
                         .arg(format_range(grain == db::Grain::Hour ? period_before(query().range)
                                                                    : compared_period(query())))};
    if (reached.open) {
        note << (grain == db::Grain::Hour  ? tr("the current hour is dashed")
                 : grain == db::Grain::Day ? tr("today so far is dashed")
                                           : tr("the current month is dashed"));
    }
    if (metric == Metric::Visitors && grain == db::Grain::Month) {
        note << tr("visitors are counted by hour and day only");
    }
    m_trend->set_note(note.join(QStringLiteral("; ")));
    m_chart->set_open_end(reached.open);
    fill_trend(*m_trend->table(), query(), grain, metric, m_answer.trend, m_answer.trend_before,
               reached.begun);
}

} // namespace studio::ui
