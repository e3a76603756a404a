// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/sections/list_sections.h"

#include "db/analytics/analytics_store.h"
#include "ui/analytics/filters/variant_names.h"
#include "ui/analytics/list_rows.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/flow_chart.h"
#include "ui/charts/funnel_chart.h"
#include "ui/charts/heat_map.h"

#include <QComboBox>
#include <QGridLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_rows = 1000;
constexpr int journeys_in_flow = 12;

// Notes on the card how many rows are left out.
void set_remark(ChartCard &card, std::size_t rows, const QString &words) {
    const auto remark = rows < max_rows ? QString() : FiguresSection::tr("Showing the first %1.").arg(rows);
    card.table()->set_remark(remark);
    card.set_note((words.isEmpty() || remark.isEmpty()) ? words + remark : words + QLatin1Char(' ') + remark);
}

QString name_of(const QObject &section, const char *part) {
    return section.objectName() + QLatin1Char('.') + QLatin1String(part);
}

ChartCard *bar_card(FiguresSection &section, const char *name, const QString &title, int bar_column,
                    const std::function<Field()> &field) {
    auto *table = new FigureTableModel;
    auto *card = new ChartCard(name_of(section, name), title);
    auto *bars = new BarList(card->objectName() + QStringLiteral(".chart"), *table, bar_column);
    bars->setAccessibleName(title);
    card->set_chart(bars, table);
    if (field) {
        QObject::connect(bars, &BarList::chosen, &section, [&section, field](const QString &value) {
            emit section.filter_requested(field(), value);
        });
    }
    QObject::connect(card, &ChartCard::failed, &section, &FiguresSection::failed);
    return card;
}

} // namespace

SourcesSection::SourcesSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("sources"), parent), m_by(new QComboBox(this)) {
    m_by->setObjectName(name_of(*this, "by"));
    m_by->setAccessibleName(tr("List by"));
    for (const auto field : {Field::Source, Field::Medium, Field::Campaign}) {
        m_by->addItem(field_name(field), static_cast<int>(field));
    }
    m_card = bar_card(*this, "list", tr("Traffic sources"), 1,
                      [this] { return static_cast<Field>(m_by->currentData().toInt()); });
    m_card->add_control(m_by);
    m_card->setMinimumHeight(420);
    column()->addWidget(m_card, 1);
    connect(m_by, &QComboBox::currentIndexChanged, this, &FiguresSection::reload);
}

void SourcesSection::load(const AnalyticsQuery &query) {
    const auto dimension = dimension_of(static_cast<Field>(m_by->currentData().toInt()));
    m_rows.clear();
    m_visitors.reset();
    read(
        from(dimension), {tr("Counting visits…"), false, {m_card}},
        [query, dimension](db::Session &session) {
            return db::AnalyticsStore(session).breakdown(query.tenant, query.range, dimension, max_rows,
                                                         query.filter);
        },
        [this](const std::vector<db::BreakdownRow> &rows) {
            m_rows = rows;
            show();
            settle(!rows.empty());
        });
    read(
        From::Visits, {tr("Counting visitors…"), true},
        [query, dimension](db::Session &session) {
            return visitors_by_value(db::AnalyticsStore(session).visitors_by(
                query.tenant, query.range, dimension, max_rows, query.filter));
        },
        [this](const VisitorsByValue &visitors) {
            m_visitors = visitors;
            if (is_shown()) {
                show();
            }
        });
}

void SourcesSection::show() {
    const auto dimension = dimension_of(static_cast<Field>(m_by->currentData().toInt()));
    fill_breakdown(*m_card->table(), query(), dimension, m_rows, &m_visitors);
    set_remark(*m_card, m_rows.size(), tr("Select a row to filter every view by it."));
}

FunnelSection::FunnelSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("funnel"), parent), m_split(new QComboBox(this)) {
    m_split->setObjectName(name_of(*this, "split"));
    m_split->setAccessibleName(tr("Split by"));
    m_split->addItem(tr("No split"));
    for (const auto field : {Field::Device, Field::Source, Field::Variant}) {
        m_split->addItem(tr("By %1").arg(field_name(field).toLower()), static_cast<int>(field));
    }
    auto *table = new FigureTableModel;
    m_card = new ChartCard(name_of(*this, "card"), tr("From the first page to a booking request"));
    m_card->set_note(tr("Visits that reached each step, in order."));
    m_chart = new FunnelChart(name_of(*this, "chart"), *table);
    m_chart->setAccessibleName(tr("Funnel"));
    m_card->set_chart(m_chart, table);
    m_card->add_control(m_split);
    column()->addWidget(m_card);
    column()->addStretch(1);
    connect(m_split, &QComboBox::currentIndexChanged, this, &FiguresSection::reload);
    connect(m_card, &ChartCard::failed, this, &FiguresSection::failed);
}

void FunnelSection::load(const AnalyticsQuery &query) {
    struct Answer {
        std::vector<db::Funnel> funnels;
        VariantNames names;
    };
    std::optional<db::Dimension> split;
    if (m_split->currentData().isValid()) {
        split = dimension_of(static_cast<Field>(m_split->currentData().toInt()));
    }
    read(
        from(split), {tr("Counting visits…"), false, {m_card}},
        [query, split](db::Session &session) {
            return Answer{db::AnalyticsStore(session).funnel(query.tenant, query.range, split, query.filter),
                          split == db::Dimension::Variant ? variant_names(session, query.tenant)
                                                          : VariantNames()};
        },
        [this, split](const Answer &answer) {
            fill_funnel(*m_card->table(), split, answer.funnels, answer.names);
            m_card->set_empty_text(split == db::Dimension::Variant
                                       ? tr("No visitor saw a test variant in this period.")
                                       : tr("No figures for this period."));
            settle(split == db::Dimension::Variant || m_card->table()->rowCount() > 0);
        });
}

JourneysSection::JourneysSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("journeys"), parent) {
    auto *flow_table = new FigureTableModel;
    m_flow = new ChartCard(name_of(*this, "flow"), tr("Visitor journeys"));
    m_flow->set_note(
        tr("The %1 most common paths, up to seven steps each; repeats are merged.").arg(journeys_in_flow));
    auto *flow = new FlowChart(name_of(*this, "flow.chart"), *flow_table);
    flow->setAccessibleName(tr("Flow of visits"));
    m_flow->set_chart(flow, flow_table);
    m_flow->setMinimumHeight(400);
    m_list = bar_card(*this, "list", tr("Paths"), 1, {});
    m_list->setMinimumHeight(320);
    column()->addWidget(m_flow);
    column()->addWidget(m_list, 1);
    connect(m_flow, &ChartCard::failed, this, &FiguresSection::failed);
}

void JourneysSection::load(const AnalyticsQuery &query) {
    struct Answer {
        std::vector<db::Journey> journeys;
        qint64 visits = 0;
    };
    read(
        From::Visits, {tr("Counting journeys…"), false, {m_flow, m_list}},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            return Answer{store.journeys(query.tenant, query.range, max_rows, query.filter),
                          store.totals(query.tenant, query.range, query.filter).visits};
        },
        [this](const Answer &answer) {
            auto flow = answer.journeys;
            flow.resize(std::min<std::size_t>(flow.size(), journeys_in_flow));
            fill_journeys(*m_flow->table(), flow, answer.visits);
            fill_journeys(*m_list->table(), answer.journeys, answer.visits);
            set_remark(*m_list, answer.journeys.size(), {});
            settle(!answer.journeys.empty());
        });
}

AudienceSection::AudienceSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("audience"), parent) {
    auto *grid = new QGridLayout;
    grid->setSpacing(12);
    const std::vector<std::tuple<Field, const char *, QString>> parts{
        {Field::Device, "devices", tr("Devices")},
        {Field::Country, "countries", tr("Countries")},
        {Field::Page, "pages", tr("Pages")},
        {Field::Browser, "browsers", tr("Browsers")}};
    int place = 0;
    for (const auto &[field, name, title] : parts) {
        auto *card = bar_card(*this, name, title, 1, [field = field] { return field; });
        card->setMinimumHeight(260);
        auto *bars = card->findChild<BarList *>();
        connect(card->table(), &QAbstractItemModel::modelReset, bars, [bars] {
            bars->setColumnHidden(2, true);
            bars->setColumnHidden(5, true);
        });
        grid->addWidget(card, place / 2, place % 2);
        m_lists.push_back({field, card});
        ++place;
    }
    column()->addLayout(grid, 1);
}

void AudienceSection::load(const AnalyticsQuery &query) {
    std::vector<db::Dimension> dimensions;
    std::vector<ChartCard *> cards;
    auto source = From::Sums;
    for (auto &list : m_lists) {
        list.rows.clear();
        list.visitors.reset();
        dimensions.push_back(dimension_of(list.field));
        cards.push_back(list.card);
        source = from(dimensions.back()) == From::Sums ? source : From::Visits;
    }
    using Rows = std::vector<std::vector<db::BreakdownRow>>;
    read(
        source, {tr("Counting visits…"), false, cards},
        [query, dimensions](db::Session &session) {
            Rows rows;
            for (const auto dimension : dimensions) {
                rows.push_back(db::AnalyticsStore(session).breakdown(query.tenant, query.range, dimension,
                                                                     max_rows, query.filter));
            }
            return rows;
        },
        [this](const Rows &rows) {
            for (std::size_t place = 0; place < m_lists.size(); ++place) {
                m_lists[place].rows = rows[place];
            }
            show();
            settle(std::ranges::any_of(rows, [](const auto &list) { return !list.empty(); }));
        });
    using Visitors = std::vector<VisitorsByValue>;
    read(
        From::Visits, {tr("Counting visitors…"), true},
        [query, dimensions](db::Session &session) {
            Visitors visitors;
            for (const auto dimension : dimensions) {
                visitors.push_back(visitors_by_value(db::AnalyticsStore(session).visitors_by(
                    query.tenant, query.range, dimension, max_rows, query.filter)));
            }
            return visitors;
        },
        [this](const Visitors &visitors) {
            for (std::size_t place = 0; place < m_lists.size(); ++place) {
                m_lists[place].visitors = visitors[place];
            }
            if (is_shown()) {
                show();
            }
        });
}

void AudienceSection::show() {
    for (const auto &list : m_lists) {
        fill_breakdown(*list.card->table(), query(), dimension_of(list.field), list.rows, &list.visitors);
        set_remark(*list.card, list.rows.size(), {});
    }
}

HoursSection::HoursSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("hours"), parent), m_figure(new QComboBox(this)) {
    auto *table = new FigureTableModel;
    m_card = new ChartCard(name_of(*this, "card"), tr("When visits start"));
    m_map = new HeatMap(name_of(*this, "chart"), *table, 2);
    m_map->setAccessibleName(tr("Visits by weekday and hour"));
    m_card->set_chart(m_map, table);
    m_card->setMinimumHeight(380);
    m_figure->setObjectName(name_of(*this, "figure"));
    m_figure->setAccessibleName(tr("Figure to show"));
    m_figure->addItem(tr("Visits"), 2);
    m_figure->addItem(tr("Bookings"), 3);
    m_card->add_control(m_figure);
    column()->addWidget(m_card);
    column()->addStretch(1);
    connect(m_figure, &QComboBox::currentIndexChanged, this,
            [this] { m_map->set_column(m_figure->currentData().toInt()); });
    connect(m_card, &ChartCard::failed, this, &FiguresSection::failed);
}

void HoursSection::load(const AnalyticsQuery &query) {
    read(
        query.filter == db::AnalyticsFilter{} ? From::Sums : From::Visits,
        {tr("Counting visits…"), false, {m_card}},
        [query](db::Session &session) {
            return db::AnalyticsStore(session).heat_map(query.tenant, query.range, query.filter);
        },
        [this](const std::vector<db::HeatCell> &cells) {
            auto clock = clock_label(this->query());
            m_card->set_note(clock.replace(0, 1, clock.front().toUpper()) + QLatin1Char('.'));
            fill_heat_map(*m_card->table(), cells);
            settle(std::ranges::any_of(cells, [](const db::HeatCell &cell) { return cell.visits > 0; }));
        });
}

BookingsSection::BookingsSection(Workers workers, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("bookings"), parent) {
    m_card = bar_card(*this, "list", tr("Bookings by service"), 1, {});
    m_card->set_note(
        tr("Counted on the day of the visit that led to the booking; requests without a counted visit on the "
           "day they came in. Filters do not apply here."));
    m_card->setMinimumHeight(360);
    column()->addWidget(m_card, 1);
}

QString BookingsSection::empty_text() const {
    return tr("No bookings in this period.");
}

void BookingsSection::load(const AnalyticsQuery &query) {
    struct Answer {
        std::vector<db::BookingServiceRow> services;
        db::RequestsWithoutVisit without_visit;
    };
    read(
        From::Sums, {tr("Counting bookings…"), false, {m_card}},
        [query](db::Session &session) {
            db::AnalyticsStore store(session);
            return Answer{store.bookings_by_service(query.tenant, query.range),
                          store.requests_without_visit(query.tenant, query.range)};
        },
        [this](const Answer &answer) {
            fill_services(*m_card->table(), this->query(), answer.services, answer.without_visit);
            settle(m_card->table()->rowCount() > 0);
        });
}

} // namespace studio::ui
