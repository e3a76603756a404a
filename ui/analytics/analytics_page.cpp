// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/analytics_page.h"

#include "db/analytics/analytics_store.h"
#include "db/stores/tenant_store.h"
#include "ui/analytics/export/figure_exports.h"
#include "ui/analytics/filters/filter_bar.h"
#include "ui/analytics/filters/filter_menu.h"
#include "ui/analytics/filters/place.h"
#include "ui/analytics/report/report_menu.h"
#include "ui/analytics/sections/list_sections.h"
#include "ui/analytics/sections/overview_section.h"
#include "ui/analytics/sections/row_sections.h"
#include "ui/analytics/social/social_section.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/words.h"

#include <QAction>
#include <QDateTime>
#include <QHBoxLayout>
#include <QHideEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int poll_ms = 10'000;

} // namespace

AnalyticsPage::AnalyticsPage(const std::string &database_url, Scope scope, QWidget *parent)
    : Page(parent), m_sums(database_url), m_visits(database_url), m_live(database_url), m_scope(scope),
      m_header(new PageHeader(tr("Analytics"), this)),
      m_banner(new Banner(QStringLiteral("analytics.banner"), this)), m_bar(new FilterBar(this)),
      m_now(new QLabel(this)), m_tabs(new QTabBar(this)), m_sections(new QStackedWidget),
      m_progress(new QLabel(this)), m_stop(new QPushButton(this)), m_exports(new FigureExports(this)),
      m_report(new ReportMenu(m_visits, this)), m_values(new FilterMenu(m_live, this)) {
    setObjectName(QStringLiteral("analytics"));
    m_poll.setInterval(poll_ms);
    build_layout();
    connect_signals();
}

QIcon AnalyticsPage::icon() const {
    return line_icon(QStringLiteral("analytics"));
}

void AnalyticsPage::build_layout() {
    m_now->setObjectName(QStringLiteral("analytics.now"));
    m_now->setAccessibleName(tr("Visitors now"));
    m_now->setToolTip(tr("Visitors active in the last five minutes"));
    m_header->add_widget(m_now);
    build_menu();
    m_tabs->setObjectName(QStringLiteral("analytics.tabs"));
    m_tabs->setAccessibleName(tr("Views"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    const FiguresSection::Workers workers{m_sums, m_visits};
    add_section(new OverviewSection(workers), tr("Overview"));
    add_section(new SourcesSection(workers), tr("Sources"));
    add_section(new FunnelSection(workers), tr("Funnel"));
    add_section(new JourneysSection(workers), tr("Journeys"));
    add_section(new AudienceSection(workers), tr("Audience"));
    add_section(new HoursSection(workers), tr("Hours"));
    add_section(new BookingsSection(workers), tr("Bookings"));
    auto *social = new SocialSection(workers, m_scope == Scope::Everybody);
    connect(social, &SocialSection::imported, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    add_section(social, tr("Social"));
    add_section(new VisitsSection(workers), tr("Visits"));
    if (m_scope == Scope::Everybody) {
        add_section(new PlatformSection(workers), tr("Platform"));
    }
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(12);
    inner->addWidget(m_bar);
    auto *views = new QHBoxLayout;
    views->setSpacing(12);
    views->addWidget(m_tabs);
    views->addWidget(build_progress(), 1);
    inner->addLayout(views);
    inner->addWidget(m_sections, 1);
    m_state = new StateStack(content, Skeleton::Shape::Form, this);
    m_state->setObjectName(QStringLiteral("analytics.state"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 12);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_state, 1);
}

// The message stands beside the tabs, so that nothing moves when it appears and disappears.
QWidget *AnalyticsPage::build_progress() {
    auto *line = new QWidget;
    m_progress->setObjectName(QStringLiteral("analytics.progress"));
    set_text_role(m_progress, TextRole::Muted);
    m_stop->setObjectName(QStringLiteral("analytics.progress.button"));
    set_button_role(m_stop, ButtonRole::Quiet);
    auto policy = m_stop->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_stop->setSizePolicy(policy);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addStretch(1);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    return line;
}

void AnalyticsPage::build_menu() {
    auto *menu = new QMenu(this);
    const auto entry = [this, menu](const char *icon, const QString &words, const char *name, auto act) {
        auto *action = menu->addAction(line_icon(QLatin1String(icon)), words, this, act);
        action->setObjectName(QStringLiteral("analytics.") + QLatin1String(name));
        return action;
    };
    entry("refresh", tr("Reload"), "reload", [this] { activate(); });
    m_export_view = {entry("save", tr("Export this view as CSV…"), "export",
                           [this] { m_exports->ask_for_csv(*current_section()); }),
                     entry("table", tr("Export this view as XLSX…"), "export_workbook",
                           [this] { m_exports->ask_for_workbook(*current_section()); })};
    m_export_all = entry("table", tr("Export every view as XLSX…"), "export_all",
                         [this] { m_exports->ask_for_workbook(sections(), m_query); });
    menu->addMenu(m_report);
    m_header->set_menu(menu);
}

void AnalyticsPage::add_section(FiguresSection *section, const QString &title) {
    m_tabs->addTab(title);
    m_sections->addWidget(section);
    connect(section, &FiguresSection::filter_requested, this,
            [this](Field field, const QString &value) { m_bar->add_filter(field, value); });
    connect(section, &FiguresSection::day_requested, m_bar, &FilterBar::choose_day);
    connect(section, &FiguresSection::tenant_requested, this, [this](const QString &tenant) {
        m_bar->choose_companion(tenant);
        m_tabs->setCurrentIndex(0);
    });
    connect(section, &FiguresSection::trouble, this, &AnalyticsPage::trouble);
    connect(section, &FiguresSection::progress_changed, this, &AnalyticsPage::show_progress);
    connect(section, &FiguresSection::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
}

void AnalyticsPage::connect_signals() {
    m_bar->values_requested = [this](Field field, QMenu *menu) { m_values->fill(m_query, field, menu); };
    connect(m_values, &FilterMenu::chosen, m_bar, &FilterBar::add_filter);
    connect(m_values, &FilterMenu::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Caution, message); });
    connect(m_bar, &FilterBar::changed, this, &AnalyticsPage::ask);
    connect(m_bar, &FilterBar::companion_changed, this, &AnalyticsPage::change_companion);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int place) {
        if (!m_exports->waits()) {
            current_section()->give_up();
        }
        m_sections->setCurrentIndex(place);
        ask();
        show_progress();
    });
    connect(m_stop, &QPushButton::clicked, this,
            [this] { current_section()->loads() ? current_section()->stop() : current_section()->reload(); });
    connect(m_state, &StateStack::retry_requested, this, &AnalyticsPage::activate);
    connect(m_state, &StateStack::action_requested, this,
            [this] { emit navigate(QStringLiteral("companions"), QStringLiteral("new")); });
    connect(m_exports, &FigureExports::done, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    connect(m_exports, &FigureExports::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
    connect(m_report, &ReportMenu::started, this,
            [this](const QString &message) { m_banner->show_message(Tone::Neutral, message); });
    connect(m_report, &ReportMenu::done, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    connect(m_report, &ReportMenu::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
    connect(&m_poll, &QTimer::timeout, this, &AnalyticsPage::poll);
}

FiguresSection *AnalyticsPage::current_section() const {
    return static_cast<FiguresSection *>(m_sections->currentWidget());
}

// Everything is read again whenever the page comes to the front and with F5.
void AnalyticsPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    ++m_query.reading;
    load_companions();
    m_poll.start();
}

void AnalyticsPage::hideEvent(QHideEvent *event) {
    m_poll.stop();
    if (!event->spontaneous()) { // another page came to the front; a minimised window would be spontaneous
        m_banner->clear();
        if (!m_exports->waits()) {
            current_section()->give_up();
        }
    }
    Page::hideEvent(event);
}

void AnalyticsPage::open(const QString &argument) {
    for (int place = 0; place < m_sections->count(); ++place) {
        if (m_sections->widget(place)->objectName() == QStringLiteral("analytics.") + argument) {
            m_tabs->setCurrentIndex(place);
            return;
        }
    }
    choose(argument);
}

// Chooses the companion at once, or as soon as the list of companions has been read.
void AnalyticsPage::choose(const QString &tenant_id) {
    m_bar->choose_companion(tenant_id);
    m_requested = m_bar->companion() == tenant_id ? QString() : tenant_id;
}

// A companion chosen on another page is taken over once; what is chosen here afterwards stays.
void AnalyticsPage::follow(const QString &tenant_id) {
    if (tenant_id != m_followed) {
        m_followed = tenant_id;
        choose(tenant_id);
    }
}

void AnalyticsPage::load_companions() {
    const auto number = m_loads.next();
    m_live.run([](db::Session &session) { return db::TenantStore(session).list(); })
        .then(this,
              [this, number](const std::vector<models::TenantSummary> &tenants) {
                  if (!m_loads.is_latest(number)) {
                      return;
                  }
                  if (tenants.empty()) {
                      m_state->show_empty(
                          QStringLiteral("analytics"), tr("No site yet"),
                          tr("Figures appear once a companion’s site is live and people visit it."),
                          m_scope == Scope::Everybody ? tr("Create the first companion") : QString());
                      return;
                  }
                  std::vector<FilterBar::Companion> companions;
                  for (const auto &tenant : tenants) {
                      companions.push_back({to_text(tenant.id), QString::fromStdString(tenant.name)});
                  }
                  std::ranges::sort(companions, [](const auto &first, const auto &second) {
                      return QString::localeAwareCompare(first.name, second.name) < 0;
                  });
                  m_bar->set_companions(companions, m_scope == Scope::Everybody);
                  if (!m_requested.isEmpty()) {
                      m_bar->choose_companion(std::exchange(m_requested, QString()));
                  }
                  m_state->show_content();
                  load_place();
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                show_trouble(QString::fromUtf8(error.what()));
            }
        });
}

void AnalyticsPage::change_companion() {
    if (const auto tenant = m_bar->companion(); !tenant.isEmpty()) {
        m_followed = tenant;
        emit companion_chosen(tenant);
    }
    load_place();
}

// A filter names pages and experiments of one companion, so another companion clears the filters, and the
// page says so.
void AnalyticsPage::clear_filters() {
    QStringList gone;
    for (const auto &[field, value] : m_bar->filter_labels()) {
        gone << tr("%1: %2").arg(field, value);
    }
    if (!gone.isEmpty()) {
        m_bar->clear_filters();
        m_banner->show_message(
            Tone::Neutral, gone.size() == 1 ? tr("The filter was cleared: %1.").arg(gone.front())
                                            : tr("The filters were cleared: %1.").arg(gone.join(tr(", "))));
    }
}

// Clears the figures of the previous companion, so that they are no longer shown, copied or exported.
void AnalyticsPage::start_over() {
    m_place_known = false;
    m_polls.next();
    m_now->clear();
    m_fresh.clear();
    m_report->clear_subject();
    for (auto *section : sections()) {
        section->start_over();
    }
    show_subtitle();
    show_progress();
}

void AnalyticsPage::load_place() {
    const auto number = m_places.next();
    const models::TenantId tenant = to_tenant_id(m_bar->companion());
    if (tenant != m_query.tenant) {
        m_query.tenant = tenant;
        clear_filters();
        start_over();
    }
    m_query.companion = tenant.empty() ? QString() : m_bar->companion_name();
    m_live.run([tenant](db::Session &session) { return read_place(session, tenant); })
        .then(this,
              [this, number](const Place &place) {
                  if (m_places.is_latest(number)) {
                      m_query.zone = place.zone;
                      m_query.currency = place.currency;
                      m_place_known = true;
                      m_bar->set_today(QDateTime::currentDateTimeUtc().toTimeZone(m_query.zone).date());
                      m_report->set_subject(m_query);
                      ask();
                      poll();
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_places.is_latest(number)) {
                show_trouble(QString::fromUtf8(error.what()));
            }
        });
}

void AnalyticsPage::show_trouble(const QString &reason) {
    m_state->show_error(tr("Could not load the figures"), reason);
    emit trouble();
}

void AnalyticsPage::ask() {
    m_query.range = m_bar->range();
    m_query.filter = m_bar->filter();
    m_query.filter_labels = m_bar->filter_labels();
    m_query.asked = QDateTime::currentDateTimeUtc();
    show_subtitle();
    if (m_place_known && m_state->state() == StateStack::State::Content) {
        current_section()->ask(m_query);
    }
    show_progress();
}

void AnalyticsPage::show_subtitle() {
    m_header->set_subtitle(
        QStringList{format_range(m_bar->range()), m_place_known ? clock_label(m_query) : QString(), m_fresh}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(" · ")));
}

void AnalyticsPage::show_progress() {
    const auto *section = current_section();
    const auto words = section->progress();
    m_progress->setText(words);
    m_stop->setText(section->loads() ? tr("Cancel") : tr("Reload"));
    m_stop->setVisible(!words.isEmpty());
    for (auto *action : m_export_view) {
        action->setEnabled(section->answered() != nullptr);
    }
    m_export_all->setEnabled(m_place_known);
}

void AnalyticsPage::poll() {
    const auto number = m_polls.next();
    struct Live {
        int visitors = 0;
        base::Time fresh{};
    };
    m_live
        .run([tenant = m_query.tenant](db::Session &session) {
            db::AnalyticsStore store(session);
            return Live{store.visitors_now(tenant), store.fresh_until(tenant)};
        })
        .then(
            this,
            [this, number](const Live &live) {
                if (!m_polls.is_latest(number)) {
                    return;
                }
                const auto &colors = tokens(palette());
                m_now->setText(QStringLiteral("<span style=\"color:%1\">●</span>&nbsp; %2")
                                   .arg((live.visitors > 0 ? colors.positive : colors.disabled).name(),
                                        live.visitors == 1 ? tr("1 visitor now")
                                                           : tr("%1 visitors now").arg(live.visitors)));
                const auto fresh = to_date_time(live.fresh, m_query.zone);
                const bool behind = fresh.secsTo(QDateTime::currentDateTimeUtc()) > 60;
                m_fresh =
                    behind
                        ? tr("figures up to %1").arg(QLocale().toString(fresh, QStringLiteral("d MMM HH:mm")))
                        : QString();
                show_subtitle();
            })
        .onFailed(this, [this, number](const std::exception &) {
            if (m_polls.is_latest(number)) {
                m_now->clear(); // the sections already show the failure
            }
        });
}

std::vector<FiguresSection *> AnalyticsPage::sections() const {
    std::vector<FiguresSection *> list;
    for (int place = 0; place < m_sections->count(); ++place) {
        list.push_back(static_cast<FiguresSection *>(m_sections->widget(place)));
    }
    return list;
}

} // namespace studio::ui
