// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/social/social_section.h"

#include "db/analytics/analytics_store.h"
#include "db/stores/social_store.h"
#include "ui/analytics/social/social_import.h"
#include "ui/analytics/social/social_rows.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/format_figure.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/state_stack.h"

#include <QComboBox>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int figure_color = 2, visits_color = 0;
constexpr int chart_height = 170;

QString name_of(const char *part) {
    return QStringLiteral("analytics.social.") + QLatin1String(part);
}

} // namespace

SocialSection::SocialSection(Workers workers, bool may_import, QWidget *parent)
    : FiguresSection(workers, QStringLiteral("social"), parent), m_work(workers.sums),
      m_may_import(may_import), m_platform(new QComboBox(this)), m_figure(new QComboBox(this)),
      m_against(new QComboBox(this)), m_import(new QPushButton(tr("Import CSV…"), this)) {
    m_platform->setObjectName(name_of("platform"));
    m_platform->setAccessibleName(tr("Platform"));
    m_figure->setObjectName(name_of("figure"));
    m_figure->setAccessibleName(tr("Social media figure"));
    for (const auto figure : social_figures()) {
        m_figure->addItem(social_figure_name(figure), static_cast<int>(figure));
    }
    m_against->setObjectName(name_of("against"));
    m_against->setAccessibleName(tr("Figure of the site"));
    m_against->addItem(tr("and visits"), static_cast<int>(SocialAgainst::Visits));
    m_against->addItem(tr("and bookings"), static_cast<int>(SocialAgainst::Bookings));
    m_import->setObjectName(name_of("import"));
    m_import->setVisible(may_import);
    build_chart();
    build_correlations();
    column()->addWidget(m_card);
    column()->addWidget(m_correlations);
    column()->addStretch(1);
    for (auto *choice : {m_platform, m_figure, m_against}) {
        connect(choice, &QComboBox::activated, this, [this] {
            if (is_shown()) {
                show_figures();
            }
        });
    }
    connect(m_import, &QPushButton::clicked, this, &SocialSection::choose_file);
    connect(state(), &StateStack::action_requested, this, &SocialSection::choose_file);
    for (const auto *card : {m_card, m_correlations}) {
        connect(card, &ChartCard::failed, this, &FiguresSection::failed);
    }
}

// The two figures have different scales, so they are two charts over the same days, one below the other.
void SocialSection::build_chart() {
    auto *table = new FigureTableModel;
    m_card = new ChartCard(name_of("card"), tr("Social media and the site"));
    m_card->set_empty_text(tr("This platform has no such figure in this period."));
    auto *charts = new QWidget;
    m_figure_chart = new LineChart(name_of("figure_chart"), *table);
    m_figure_chart->set_styles(
        {{LineChart::Role::Line, figure_color}, {LineChart::Role::Hidden, visits_color}});
    m_visits_chart = new LineChart(name_of("visits_chart"), *table);
    m_visits_chart->set_styles(
        {{LineChart::Role::Hidden, figure_color}, {LineChart::Role::Area, visits_color}});
    m_figure_chart->setAccessibleName(tr("Social media figure by day"));
    m_visits_chart->setAccessibleName(tr("Figure of the site by day"));
    auto *column = new QVBoxLayout(charts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (auto *chart : {m_figure_chart, m_visits_chart}) {
        chart->setMinimumHeight(chart_height);
        column->addWidget(chart, 1);
        connect(chart, &LineChart::row_chosen, this, [this](int row) {
            const auto &key = m_card->table()->rows().at(static_cast<std::size_t>(row)).key;
            emit day_requested(QDate::fromString(key, Qt::ISODate));
        });
    }
    m_card->set_chart(charts, table);
    m_card->add_control(m_platform);
    m_card->add_control(m_figure);
    m_card->add_control(m_against);
    m_card->add_control(m_import);
}

void SocialSection::build_correlations() {
    auto *table = new FigureTableModel;
    m_correlations = new ChartCard(name_of("correlations"), tr("Are they related?"));
    const auto chance = statistics::chance_of_any_false(max_lag + 1);
    m_correlations->set_note(
        tr("Correlation is not causation: both may follow weekdays, the season or general growth. With %1 "
           "delays compared, one looks related by chance alone in %2 of such tables. Treat it as a hint, not "
           "a finding. Today is left out because it is not over.")
            .arg(max_lag + 1)
            .arg(format_percent(chance)));
    auto *view = new QTableView;
    view->setObjectName(name_of("correlations.rows"));
    view->setAccessibleName(tr("Correlation by delay"));
    view->setModel(table);
    set_figure_view(view);
    view->horizontalHeader()->setMinimumSectionSize(
        104); // wide enough for the titles and the header's padding
    connect(table, &QAbstractItemModel::modelReset, view, [view] {
        view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        view->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    });
    m_correlations->set_chart(view, table);
    m_correlations->setMinimumHeight(400);
}

void SocialSection::load(const AnalyticsQuery &query) {
    if (query.tenant.empty()) {
        m_answer = {};
        read(
            From::Sums, {}, [](db::Session &) { return Answer(); },
            [this](const Answer &) { show_nothing(); });
        return;
    }
    read(
        from(), {tr("Counting visits…"), false, {m_card, m_correlations}},
        [query](db::Session &session) {
            const auto day_before = query.range.from - std::chrono::days(1);
            return Answer{
                db::SocialStore(session).list(query.tenant, {day_before, query.range.to}),
                db::AnalyticsStore(session).trend(query.tenant, query.range, db::Grain::Day, query.filter)};
        },
        [this](const Answer &answer) { show(answer); });
}

void SocialSection::forget() {
    m_answer = {};
    m_platform->clear();
}

void SocialSection::show(const Answer &answer) {
    m_answer = answer;
    show_platforms();
    if (m_platform->count() == 0) {
        show_nothing();
        return;
    }
    show_figures();
    settle(true);
}

void SocialSection::show_nothing() {
    fill_social(*m_card->table(), query(), SocialFigure::Followers, SocialAgainst::Visits, {}, {});
    fill_correlations(*m_correlations->table(), {});
    settle(true);
    if (query().tenant.empty()) {
        state()->show_empty(QStringLiteral("people"), tr("Choose a companion"),
                            tr("Social media figures belong to one companion's accounts."), {});
        return;
    }
    state()->show_empty(
        QStringLiteral("analytics"), tr("No social media figures in this period"),
        m_may_import
            ? tr("Import a CSV file with the columns platform, date, followers, engagement, posts and "
                 "reach. You see what was read before anything is saved.")
            : tr("An operator can import the figures of your accounts."),
        m_may_import ? tr("Import CSV…") : QString());
}

// Keeps the chosen platform if it is still in the list.
void SocialSection::show_platforms() {
    const auto chosen = m_platform->currentData().toString();
    m_platform->clear();
    std::vector<std::string> platforms;
    for (const auto &metric : m_answer.metrics) {
        if (metric.day >= query().range.from &&
            std::ranges::find(platforms, metric.platform) == platforms.end()) {
            platforms.push_back(metric.platform);
        }
    }
    std::ranges::sort(platforms);
    for (const auto &platform : platforms) {
        m_platform->addItem(value_label(db::Dimension::Source, platform), QString::fromStdString(platform));
    }
    m_platform->setCurrentIndex(std::max(0, m_platform->findData(chosen)));
}

void SocialSection::show_figures() {
    const auto platform = m_platform->currentData().toString().toStdString();
    const auto figure = static_cast<SocialFigure>(m_figure->currentData().toInt());
    const auto against = static_cast<SocialAgainst>(m_against->currentData().toInt());
    const auto figures = social_days(m_answer.metrics, platform, figure, query().range);
    m_figure_chart->set_free_axis(figure ==
                                  SocialFigure::Followers); // a change of hundreds in ten thousands would be
                                                            // invisible on an axis from zero
    const auto today = to_day(QDateTime::currentDateTimeUtc().toTimeZone(query().zone).date());
    m_visits_chart->set_open_end(query().range.to >= today);
    fill_social(*m_card->table(), query(), figure, against, figures, m_answer.trend);
    std::vector<std::optional<double>> visits;
    for (std::size_t day = 0; day < m_answer.trend.size(); ++day) {
        const auto &totals = m_answer.trend[day].totals;
        const auto count = against == SocialAgainst::Visits ? totals.visits : totals.bookings;
        visits.push_back(query().range.from + std::chrono::days(day) < today
                             ? std::optional(static_cast<double>(count))
                             : std::nullopt);
    }
    fill_correlations(*m_correlations->table(), statistics::lagged_correlations(figures, visits, max_lag));
    m_correlations->set_title(tr("%1 on %2 and %3: are they related?")
                                  .arg(social_figure_name(figure), m_platform->currentText(),
                                       against == SocialAgainst::Visits ? tr("visits") : tr("bookings")));
}

void SocialSection::choose_file() {
    auto *dialog = new QFileDialog(this, tr("Import social media figures"), {},
                                   tr("Comma-separated values (*.csv *.tsv *.txt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SocialSection::preview);
    dialog->open();
}

void SocialSection::preview(const QString &name) {
    if (answered() == nullptr) { // the companion whose file this is has not been read yet
        emit failed(tr("Figures are still loading. Choose the file again in a moment."));
        return;
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        emit failed(tr("%1 could not be read: %2").arg(name, file.errorString()));
        return;
    }
    struct Read {
        models::SocialFile file;
        std::int64_t replaced = 0;
    };
    const auto bytes = file.read(qint64(models::max_social_bytes) + 1).toStdString();
    m_work
        .run([bytes, tenant = query().tenant](db::Session &session) {
            auto read = models::read_social_csv(bytes);
            const auto known =
                read.metrics.empty() ? 0 : db::SocialStore(session).count_known(tenant, read.metrics);
            return Read{std::move(read), known};
        })
        .then(this,
              [this, tenant = query().tenant, companion = query().companion](const Read &read) {
                  auto *dialog = new SocialImport(companion, read.file, read.replaced, this);
                  dialog->setAttribute(Qt::WA_DeleteOnClose);
                  connect(dialog, &QDialog::accepted, this,
                          [this, tenant, companion, metrics = read.file.metrics] {
                              import(tenant, companion, metrics);
                          });
                  dialog->open();
              })
        .onFailed(this,
                  [this](const std::exception &error) { emit failed(QString::fromUtf8(error.what())); });
}

void SocialSection::import(const models::TenantId &tenant, const QString &companion,
                           const std::vector<models::SocialMetric> &metrics) {
    m_work
        .run([tenant, metrics](db::Session &session) {
            db::SocialStore(session).import(tenant, metrics);
            return metrics.size();
        })
        .then(this,
              [this, companion](std::size_t rows) {
                  emit imported(
                      rows == 1 ? tr("Imported 1 row for %1.").arg(companion)
                                : tr("Imported %1 rows for %2.").arg(format_count(qint64(rows)), companion));
                  reload();
              })
        .onFailed(this, [this, companion](const std::exception &error) {
            emit failed(
                tr("Nothing was imported for %1: %2").arg(companion, QString::fromUtf8(error.what())));
        });
}

} // namespace studio::ui
