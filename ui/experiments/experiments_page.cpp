// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/experiments_page.h"

#include "db/analytics_store.h"
#include "db/tenant_store.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_words.h"
#include "ui/charts/interval_plot.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>

namespace studio::ui {

namespace {

constexpr int list_width = 300;

struct Loaded {
    std::vector<models::TenantSummary> tenants;
    std::string tenant;
    std::vector<models::Experiment> tests;
};

QString status_of(models::ExperimentStatus status) {
    switch (status) {
    case models::ExperimentStatus::Draft:
        return ExperimentsPage::tr("Draft");
    case models::ExperimentStatus::Active:
        return ExperimentsPage::tr("Running");
    case models::ExperimentStatus::Paused:
        return ExperimentsPage::tr("Paused");
    case models::ExperimentStatus::Completed:
        break;
    }
    return ExperimentsPage::tr("Ended");
}

TestFigures read_figures(db::Session &session, const std::string &id) {
    db::ExperimentStore tests(session);
    const auto test = tests.find(id);
    if (!test) {
        throw std::runtime_error(ExperimentsPage::tr("This test is no longer there.").toStdString());
    }
    db::AnalyticsStore store(session);
    const auto phases = tests.phases(id);
    const auto now = std::chrono::time_point_cast<models::Time::duration>(std::chrono::system_clock::now());
    const auto start = phases.empty() ? test->started_at.value_or(now) : phases.back().started_at;
    return evaluate_test(*test, store.arms(id), store.arms_by_day(id), start, test->ended_at.value_or(now));
}

} // namespace

ExperimentsPage::ExperimentsPage(ExperimentsServices services, QWidget *parent)
    : Page(parent), m_worker(services.database_url), m_may_change(services.may_change),
      m_header(new PageHeader(tr("A/B tests"), this)),
      m_banner(new Banner(QStringLiteral("experiments.banner"), this)), m_companion(new QComboBox(this)),
      m_list_table(new FigureTable(this)), m_list(new QTableView) {
    setObjectName(QStringLiteral("experiments"));
    build_layout();
    connect_signals();
}

QIcon ExperimentsPage::icon() const {
    return line_icon(QStringLiteral("experiment"));
}

void ExperimentsPage::build_layout() {
    m_companion->setObjectName(QStringLiteral("experiments.companion"));
    m_companion->setAccessibleName(tr("Companion"));
    m_companion->setMinimumWidth(200);
    m_companion->setVisible(m_may_change);
    m_header->add_widget(m_companion);
    m_list->setObjectName(QStringLiteral("experiments.list"));
    m_list->setAccessibleName(tr("A/B tests"));
    m_list->setModel(m_list_table);
    set_figure_view(m_list);
    m_list->setFixedWidth(list_width);
    auto *card = new QFrame;
    set_card(card);
    auto *card_layout = new QVBoxLayout(card);
    card_layout->setContentsMargins(1, 1, 1, 1);
    card_layout->addWidget(m_list);
    m_detail_state = new StateStack(build_detail(), Skeleton::Shape::Form);
    m_detail_state->setObjectName(QStringLiteral("experiments.detail"));
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(card);
    row->addWidget(m_detail_state, 1);
    m_state = new StateStack(content, Skeleton::Shape::Table, this);
    m_state->setObjectName(QStringLiteral("experiments.state"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 12);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_state, 1);
}

QWidget *ExperimentsPage::build_detail() {
    auto *content = new QWidget;
    content->setProperty("scrollGround", true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 4, 8);
    column->setSpacing(12);
    auto *verdict = new QFrame;
    set_card(verdict);
    auto *lines = new QVBoxLayout(verdict);
    lines->setContentsMargins(16, 12, 16, 12);
    const auto line = [&](const char *name, TextRole role) {
        auto *label = new QLabel;
        label->setObjectName(QLatin1String(name));
        label->setWordWrap(true);
        set_text_role(label, role);
        lines->addWidget(label);
        return label;
    };
    m_name = line("experiments.name", TextRole::Muted);
    m_action = line("experiments.action", TextRole::Title);
    m_reasons = line("experiments.reasons", TextRole::Body);
    m_health = line("experiments.health", TextRole::Small);
    auto *buttons = new QHBoxLayout;
    m_winner = new QComboBox;
    m_winner->setObjectName(QStringLiteral("experiments.winner"));
    m_winner->setAccessibleName(tr("Winning variant"));
    m_declare = new QPushButton(tr("Declare the winner"));
    m_declare->setObjectName(QStringLiteral("experiments.declare"));
    m_pause = new QPushButton;
    m_pause->setObjectName(QStringLiteral("experiments.pause"));
    m_stop = new QPushButton(tr("Stop the test"));
    m_stop->setObjectName(QStringLiteral("experiments.stop"));
    set_button_role(m_stop, ButtonRole::Danger);
    for (auto *widget : std::initializer_list<QWidget *>{m_winner, m_declare, m_pause, m_stop}) {
        buttons->addWidget(widget);
    }
    buttons->addStretch(1);
    lines->addLayout(buttons);
    m_confirm = new ConfirmBar(QStringLiteral("experiments.confirm"));
    lines->addWidget(m_confirm);
    column->addWidget(verdict);
    const auto chart_card = [&](const char *name, const QString &title, const QString &note) {
        auto *card = new ChartCard(QLatin1String(name), title);
        card->set_note(note);
        column->addWidget(card);
        connect(card, &ChartCard::failed, this,
                [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
        return card;
    };
    m_arms = chart_card("experiments.arms", tr("Booking rate of each variant"),
                        tr("The bar is where the true rate lies in 95 of 100 tests (Wilson)."));
    auto *arms = new FigureTable;
    auto *plot = new IntervalPlot(QStringLiteral("experiments.arms.chart"), *arms);
    plot->setAccessibleName(tr("Rates with their intervals"));
    m_arms->set_chart(plot, arms);
    m_always_valid =
        chart_card("experiments.always_valid", tr("Lift against the first variant, over time"),
                   tr("Always-valid interval: right however often one looks, and it only ever narrows."));
    auto *lift = new FigureTable;
    auto *band = new LineChart(QStringLiteral("experiments.always_valid.chart"), *lift);
    band->setAccessibleName(tr("Always-valid interval of the lift over time"));
    band->set_styles(
        {{LineChart::Role::BandLow, 0}, {LineChart::Role::BandHigh, 0}, {LineChart::Role::Line, 0}});
    band->set_reference(0);
    band->set_free_axis(true);
    m_always_valid->set_chart(band, lift);
    m_always_valid->setMinimumHeight(280);
    m_always_valid->set_empty_text(tr("Not before each variant has bookings."));
    m_posterior =
        chart_card("experiments.posterior", tr("What is believed of each rate"),
                   tr("Higher is likelier; the less two curves overlap, the surer the difference."));
    auto *posterior = new FigureTable;
    auto *curves = new LineChart(QStringLiteral("experiments.posterior.chart"), *posterior);
    curves->setAccessibleName(tr("Posterior densities"));
    m_posterior->set_chart(curves, posterior);
    m_posterior->setMinimumHeight(260);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    return scroll;
}

void ExperimentsPage::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        m_chosen.clear();
        load();
    });
    const auto choose = [this](const QModelIndex &index) {
        load_detail(index.data(FigureTable::Key).toString());
    };
    connect(m_list, &QTableView::clicked, this, choose);
    connect(m_list, &QTableView::activated, this, choose);
    connect(m_state, &StateStack::retry_requested, this, &ExperimentsPage::activate);
    connect(m_detail_state, &StateStack::retry_requested, this, [this] { load_detail(m_chosen); });
    connect(m_declare, &QPushButton::clicked, this, &ExperimentsPage::ask_to_declare);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const auto id = m_test.id;
        if (m_test.status == models::ExperimentStatus::Paused) {
            change([id](db::ExperimentStore &store) { store.resume(id); }, tr("The test runs again."));
        } else {
            change([id](db::ExperimentStore &store) { store.pause(id); },
                   tr("The test is paused: everybody sees the first variant."));
        }
    });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        const auto id = m_test.id;
        m_confirm->ask(tr("Everybody sees the first variant from then on, and the test cannot go on."),
                       tr("Stop %1").arg(QString::fromStdString(m_test.name)), [this, id] {
                           change([id](db::ExperimentStore &store) { store.stop(id); },
                                  tr("The test is stopped."));
                       });
    });
}

void ExperimentsPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    load();
}

void ExperimentsPage::open(const QString &argument) {
    load_detail(argument);
}

void ExperimentsPage::load() {
    const auto number = m_loads.next();
    m_worker
        .run([wanted = m_companion->currentData().toString().toStdString()](db::Session &session) {
            Loaded loaded{db::TenantStore(session).list(), wanted, {}};
            if (loaded.tenant.empty() && !loaded.tenants.empty()) {
                loaded.tenant = loaded.tenants.front().id;
            }
            if (!loaded.tenant.empty()) {
                loaded.tests = db::ExperimentStore(session).list(loaded.tenant);
            }
            return loaded;
        })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (!m_loads.is_latest(number)) {
                      return;
                  }
                  const QSignalBlocker quiet(m_companion);
                  m_companion->clear();
                  for (const auto &tenant : loaded.tenants) {
                      m_companion->addItem(QString::fromStdString(tenant.name),
                                           QString::fromStdString(tenant.id));
                  }
                  m_companion->setCurrentIndex(m_companion->findData(QString::fromStdString(loaded.tenant)));
                  show_tests(loaded.tests);
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_state->show_error(tr("The tests could not be read"), QString::fromUtf8(error.what()));
                emit trouble();
            }
        });
}

void ExperimentsPage::show_tests(const std::vector<models::Experiment> &tests) {
    std::vector<FigureRow> rows;
    for (const auto &test : tests) {
        rows.push_back(
            {{QString::fromStdString(test.name), status_of(test.status)}, QString::fromStdString(test.id)});
    }
    m_list_table->set({{tr("Test"), FigureKind::Text}, {tr("State"), FigureKind::Text}}, std::move(rows));
    m_list->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    if (tests.empty()) {
        m_state->show_empty(QStringLiteral("experiment"), tr("No tests yet"),
                            tr("Give the hero photo variants with weights in the editor and publish: the "
                               "test starts by itself."),
                            {});
        return;
    }
    m_state->show_content();
    int place = 0;
    for (int row = 0; row < m_list_table->rowCount(); ++row) {
        if (m_list_table->rows()[static_cast<std::size_t>(row)].key == m_chosen) {
            place = row;
        }
    }
    m_list->selectRow(place);
    load_detail(m_list_table->rows()[static_cast<std::size_t>(place)].key);
}

void ExperimentsPage::load_detail(const QString &test) {
    if (test.isEmpty()) {
        return;
    }
    if (test != m_chosen) {
        m_detail_state->show_loading();
        m_confirm->cancel();
    }
    m_chosen = test;
    const auto number = m_details.next();
    m_worker.run([id = test.toStdString()](db::Session &session) { return read_figures(session, id); })
        .then(this,
              [this, number](const TestFigures &figures) {
                  if (m_details.is_latest(number)) {
                      show_detail(figures);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_details.is_latest(number)) {
                m_detail_state->show_error(tr("The figures of this test could not be read"),
                                           QString::fromUtf8(error.what()));
                emit trouble();
            }
        });
}

void ExperimentsPage::show_detail(const TestFigures &figures) {
    m_test = figures.test;
    QStringList facts{QString::fromStdString(m_test.name), status_of(m_test.status)};
    if (m_test.started_at) {
        facts << tr("since %1")
                     .arg(QLocale().toString(to_date_time(*m_test.started_at).date(),
                                             QStringLiteral("d MMMM yyyy")));
    }
    m_name->setText(facts.join(QStringLiteral(" · ")));
    m_action->setText(m_test.winner.empty()
                          ? action_words(figures)
                          : tr("%1 was declared the winner").arg(arm_name(m_test, m_test.winner)));
    QStringList reasons;
    for (const auto &reason : figures.evaluation.recommendation.reasons) {
        reasons << QString::fromStdString(reason.sentence);
    }
    m_reasons->setText(reasons.join(QLatin1Char('\n')));
    show_health(figures);
    show_actions(figures);
    fill_arms(*m_arms->table(), figures);
    fill_always_valid(*m_always_valid->table(), figures);
    fill_posterior(*m_posterior->table(), figures);
    m_detail_state->show_content();
}

void ExperimentsPage::show_health(const TestFigures &figures) {
    const auto &ratio = figures.evaluation.sample_ratio;
    const auto share =
        ratio.leak         ? tr("● Visitors in a variant without a share: check the set-up")
        : ratio.mismatch() ? tr("● Visitors are not shared out as planned (p = %1): check the set-up")
                                 .arg(ratio.p_value.value_or(0), 0, 'g', 2)
        : !ratio.enough_visitors
            ? tr("○ Too few visitors to check how they are shared out")
            : tr("● Visitors are shared out as planned (p = %1)").arg(ratio.p_value.value_or(1), 0, 'f', 2);
    const auto planned = figures.evaluation.planned_per_variant;
    QStringList lines{share};
    if (planned) {
        lines << tr("%1 visitors planned for each variant · %2 left")
                     .arg(count_words(*planned), weeks_words(figures));
    }
    m_health->setText(lines.join(QLatin1Char('\n')));
}

void ExperimentsPage::show_actions(const TestFigures &figures) {
    const bool open = m_test.status == models::ExperimentStatus::Active ||
                      m_test.status == models::ExperimentStatus::Paused;
    for (auto *widget : std::initializer_list<QWidget *>{m_winner, m_declare, m_pause, m_stop}) {
        widget->setVisible(m_may_change && open);
    }
    m_pause->setText(m_test.status == models::ExperimentStatus::Paused ? tr("Go on") : tr("Pause"));
    m_winner->clear();
    for (const auto &arm : m_test.arms) {
        m_winner->addItem(arm_name(m_test, arm.id), QString::fromStdString(arm.id));
    }
    const auto &winner = figures.evaluation.recommendation.winner;
    if (winner) {
        m_winner->setCurrentIndex(m_winner->findData(QString::fromStdString(*winner)));
    }
    set_button_role(m_declare, winner ? ButtonRole::Primary : ButtonRole::Neutral);
}

void ExperimentsPage::ask_to_declare() {
    const auto id = m_test.id;
    const auto arm = m_winner->currentData().toString().toStdString();
    m_confirm->ask(tr("The variant becomes the published page at once and the test ends. The revision before "
                      "it stays in the history."),
                   tr("Publish %1").arg(m_winner->currentText()), [this, id, arm] {
                       change([id, arm](db::ExperimentStore &store) { store.declare(id, arm); },
                              tr("The winner is published and the test has ended."));
                   });
}

void ExperimentsPage::change(std::function<void(db::ExperimentStore &)> change, const QString &done) {
    m_worker
        .run([change = std::move(change)](db::Session &session) {
            db::ExperimentStore store(session);
            change(store);
        })
        .then(this,
              [this, done] {
                  m_banner->show_message(Tone::Positive, done);
                  load();
              })
        .onFailed(this, [this](const std::exception &error) {
            m_banner->show_message(Tone::Negative, QString::fromUtf8(error.what()));
            emit trouble();
            load();
        });
}

} // namespace studio::ui
