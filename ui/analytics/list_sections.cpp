// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/list_sections.h"

#include "db/analytics/analytics_store.h"
#include "db/experiment_store.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/flow_chart.h"
#include "ui/charts/funnel_chart.h"
#include "ui/charts/heat_map.h"

#include <QComboBox>
#include <QGridLayout>

namespace studio::ui {

namespace {

constexpr int most_rows = 50, most_rows_in_card = 12;
constexpr int most_journeys = 40, journeys_in_flow = 12;

QString name_of(const QObject &section, const char *part) {
    return section.objectName() + QLatin1Char('.') + QLatin1String(part);
}

ChartCard *bar_card(FiguresSection &section, const char *name, const QString &title, int bar_column,
                    const std::function<Field()> &field) {
    auto *table = new FigureTable;
    auto *card = new ChartCard(name_of(section, name), title);
    auto *bars = new BarList(card->objectName() + QStringLiteral(".chart"), *table, bar_column);
    bars->setAccessibleName(title);
    card->set_chart(bars, table);
    if (field) {
        QObject::connect(bars, &BarList::chosen, &section, [&section, field](const QString &value) {
            emit section.filter_wanted(field(), value);
        });
    }
    QObject::connect(card, &ChartCard::failed, &section, &FiguresSection::failed);
    return card;
}

// What people call the arms that the rows name.
VariantNames variant_names(db::Session &session, const std::string &tenant) {
    VariantNames names;
    if (tenant.empty()) {
        return names;
    }
    for (const auto &test : db::ExperimentStore(session).list(tenant)) {
        for (const auto &arm : test.arms) {
            names[test.id + ':' + arm.id] =
                QStringLiteral("%1: %2").arg(QString::fromStdString(test.name),
                                             QString::fromStdString(arm.name.empty() ? arm.id : arm.name));
        }
    }
    return names;
}

} // namespace

SourcesSection::SourcesSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("sources"), parent), m_by(new QComboBox(this)) {
    m_by->setObjectName(name_of(*this, "by"));
    m_by->setAccessibleName(tr("List by"));
    for (const auto field : {Field::Source, Field::Medium, Field::Campaign}) {
        m_by->addItem(field_name(field), static_cast<int>(field));
    }
    m_card = bar_card(*this, "list", tr("Traffic sources"), 1,
                      [this] { return static_cast<Field>(m_by->currentData().toInt()); });
    m_card->set_note(tr("Choose a line to see the rest of the page for it alone."));
    m_card->add_control(m_by);
    m_card->setMinimumHeight(420);
    column()->addWidget(m_card, 1);
    connect(m_by, &QComboBox::currentIndexChanged, this, &FiguresSection::reload);
}

void SourcesSection::load(const Question &question) {
    const auto dimension = dimension_of(static_cast<Field>(m_by->currentData().toInt()));
    read(
        [question, dimension](db::Session &session) {
            return db::AnalyticsStore(session).breakdown(question.tenant, question.range, dimension,
                                                         most_rows, question.filter);
        },
        [this, dimension](const std::vector<db::BreakdownRow> &rows) {
            fill_breakdown(*m_card->table(), this->question(), dimension, rows);
            settle(!rows.empty());
        });
}

FunnelSection::FunnelSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("funnel"), parent), m_split(new QComboBox(this)) {
    m_split->setObjectName(name_of(*this, "split"));
    m_split->setAccessibleName(tr("Split by"));
    m_split->addItem(tr("All together"));
    for (const auto field : {Field::Device, Field::Source, Field::Variant}) {
        m_split->addItem(tr("By %1").arg(field_name(field).toLower()), static_cast<int>(field));
    }
    auto *table = new FigureTable;
    m_card = new ChartCard(name_of(*this, "card"), tr("From the first page to a booking request"));
    m_card->set_note(
        tr("Visits that came at least as far, each step after the one before it within the visit."));
    m_chart = new FunnelChart(name_of(*this, "chart"), *table);
    m_chart->setAccessibleName(tr("Funnel"));
    m_card->set_chart(m_chart, table);
    m_card->add_control(m_split);
    column()->addWidget(m_card);
    column()->addStretch(1);
    connect(m_split, &QComboBox::currentIndexChanged, this, &FiguresSection::reload);
    connect(m_card, &ChartCard::failed, this, &FiguresSection::failed);
}

void FunnelSection::load(const Question &question) {
    struct Answer {
        std::vector<db::Funnel> funnels;
        VariantNames names;
    };
    std::optional<db::Dimension> split;
    if (m_split->currentData().isValid()) {
        split = dimension_of(static_cast<Field>(m_split->currentData().toInt()));
    }
    read(
        [question, split](db::Session &session) {
            return Answer{
                db::AnalyticsStore(session).funnel(question.tenant, question.range, split, question.filter),
                split == db::Dimension::Variant ? variant_names(session, question.tenant) : VariantNames()};
        },
        [this, split](const Answer &answer) {
            fill_funnel(*m_card->table(), split, answer.funnels, answer.names);
            m_card->set_empty_text(split == db::Dimension::Variant
                                       ? tr("No visit of these days was shown a variant of a test.")
                                       : tr("Nothing in this time."));
            settle(split == db::Dimension::Variant || m_card->table()->rowCount() > 0);
        });
}

JourneysSection::JourneysSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("journeys"), parent) {
    auto *flow_table = new FigureTable;
    m_flow = new ChartCard(name_of(*this, "flow"), tr("How visits go"));
    m_flow->set_note(
        tr("The %1 commonest paths, at most seven steps each; repeats are folded.").arg(journeys_in_flow));
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

void JourneysSection::load(const Question &question) {
    struct Answer {
        std::vector<db::Journey> journeys;
        qint64 visits = 0;
    };
    read(
        [question](db::Session &session) {
            db::AnalyticsStore store(session);
            return Answer{store.journeys(question.tenant, question.range, most_journeys, question.filter),
                          store.totals(question.tenant, question.range, question.filter).visits};
        },
        [this](const Answer &answer) {
            auto flow = answer.journeys;
            flow.resize(std::min<std::size_t>(flow.size(), journeys_in_flow));
            fill_journeys(*m_flow->table(), flow, answer.visits);
            fill_journeys(*m_list->table(), answer.journeys, answer.visits);
            settle(!answer.journeys.empty());
        });
}

AudienceSection::AudienceSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("audience"), parent) {
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
        m_cards.emplace_back(field, card);
        ++place;
    }
    column()->addLayout(grid, 1);
}

void AudienceSection::load(const Question &question) {
    using Answer = std::vector<std::vector<db::BreakdownRow>>;
    std::vector<db::Dimension> dimensions;
    for (const auto &[field, card] : m_cards) {
        dimensions.push_back(dimension_of(field));
    }
    read(
        [question, dimensions](db::Session &session) {
            Answer answer;
            for (const auto dimension : dimensions) {
                answer.push_back(db::AnalyticsStore(session).breakdown(
                    question.tenant, question.range, dimension, most_rows_in_card, question.filter));
            }
            return answer;
        },
        [this, dimensions](const Answer &answer) {
            bool any = false;
            for (std::size_t index = 0; index < m_cards.size(); ++index) {
                fill_breakdown(*m_cards[index].second->table(), this->question(), dimensions[index],
                               answer[index]);
                any = any || !answer[index].empty();
            }
            settle(any);
        });
}

HoursSection::HoursSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("hours"), parent), m_figure(new QComboBox(this)) {
    auto *table = new FigureTable;
    m_card = new ChartCard(name_of(*this, "card"), tr("When visits begin"));
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

void HoursSection::load(const Question &question) {
    read(
        [question](db::Session &session) {
            return db::AnalyticsStore(session).heat_map(question.tenant, question.range, question.filter);
        },
        [this](const std::vector<db::HeatCell> &cells) {
            const auto zone = QString::fromLatin1(this->question().zone.id());
            m_card->set_note(this->question().tenant.empty() ? tr("By each companion's own clock.")
                                                             : tr("By the clock of %1.").arg(zone));
            fill_heat_map(*m_card->table(), cells);
            settle(!cells.empty());
        });
}

BookingsSection::BookingsSection(Worker &worker, QWidget *parent)
    : FiguresSection(worker, QStringLiteral("bookings"), parent) {
    m_card = bar_card(*this, "list", tr("Bookings by service"), 1, {});
    m_card->set_note(tr("By the day of the visit that they came from. Filters do not apply here."));
    m_card->setMinimumHeight(360);
    column()->addWidget(m_card, 1);
}

QString BookingsSection::empty_text() const {
    return tr("No booking request came from the visits of these days.");
}

void BookingsSection::load(const Question &question) {
    read(
        [question](db::Session &session) {
            return db::AnalyticsStore(session).bookings_by_service(question.tenant, question.range);
        },
        [this](const std::vector<db::BookingServiceRow> &rows) {
            fill_services(*m_card->table(), this->question(), rows);
            settle(!rows.empty());
        });
}

} // namespace studio::ui
