// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/analytics_page.h"

#include "db/analytics/analytics_store.h"
#include "db/experiment_store.h"
#include "db/revision_store.h"
#include "db/tenant_store.h"
#include "ui/analytics/figure_exports.h"
#include "ui/analytics/list_sections.h"
#include "ui/analytics/overview_section.h"
#include "ui/analytics/question_bar.h"
#include "ui/analytics/report_menu.h"
#include "ui/analytics/social_section.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/theme.h"

#include <QDateTime>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int poll_ms = 10'000;
constexpr int most_menu_values = 20;

// As the public site has it: the roll-ups count by the same clock.
std::string text_at(const models::Json &document, const char *pointer) {
    const models::Json::json_pointer place(pointer);
    return document.contains(place) && document.at(place).is_string() ? document.at(place).get<std::string>()
                                                                      : std::string();
}

// UTC where there is none, as the roll-ups do.
QTimeZone zone_of(const std::string &name) {
    const QTimeZone zone(QByteArray::fromStdString(name));
    return !name.empty() && zone.isValid() ? zone
                                           : QTimeZone::utc(); // without a name Qt takes this machine's
}

} // namespace

AnalyticsPage::AnalyticsPage(const std::string &database_url, Scope scope, QWidget *parent)
    : Page(parent), m_worker(database_url), m_live(database_url), m_scope(scope),
      m_header(new PageHeader(tr("Analytics"), this)),
      m_banner(new Banner(QStringLiteral("analytics.banner"), this)), m_bar(new QuestionBar(this)),
      m_now(new QLabel(this)), m_tabs(new QTabBar(this)), m_sections(new QStackedWidget),
      m_exports(new FigureExports(this)), m_report(new ReportMenu(m_live, this)) {
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
    m_now->setToolTip(tr("People with an event in the last five minutes"));
    m_header->add_widget(m_now);
    build_menu();
    m_tabs->setObjectName(QStringLiteral("analytics.tabs"));
    m_tabs->setAccessibleName(tr("Views"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    add_section(new OverviewSection(m_worker), tr("Overview"));
    add_section(new SourcesSection(m_worker), tr("Sources"));
    add_section(new FunnelSection(m_worker), tr("Funnel"));
    add_section(new JourneysSection(m_worker), tr("Journeys"));
    add_section(new AudienceSection(m_worker), tr("Audience"));
    add_section(new HoursSection(m_worker), tr("Hours"));
    add_section(new BookingsSection(m_worker), tr("Bookings"));
    auto *social = new SocialSection(m_worker, m_scope == Scope::Everybody);
    connect(social, &SocialSection::imported, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    add_section(social, tr("Social"));
    add_section(new VisitsSection(m_worker), tr("Visits"));
    if (m_scope == Scope::Everybody) {
        add_section(new PlatformSection(m_worker), tr("Platform"));
    }
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(12);
    inner->addWidget(m_bar);
    inner->addWidget(m_tabs);
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

void AnalyticsPage::build_menu() {
    auto *menu = new QMenu(this);
    const auto entry = [this, menu](const char *icon, const QString &words, const char *name, auto act) {
        menu->addAction(line_icon(QLatin1String(icon)), words, this, act)
            ->setObjectName(QStringLiteral("analytics.") + QLatin1String(name));
    };
    entry("refresh", tr("Read again"), "reload", [this] { current_section()->reload(); });
    entry("save", tr("Export this view as CSV…"), "export",
          [this] { m_exports->ask_for_csv(*current_section()); });
    entry("table", tr("Export this view as XLSX…"), "export_workbook",
          [this] { m_exports->ask_for_workbook(*current_section(), about()); });
    entry("table", tr("Export every view as XLSX…"), "export_all",
          [this] { m_exports->ask_for_workbook(sections(), m_question, about()); });
    menu->addMenu(m_report);
    m_header->set_menu(menu);
}

void AnalyticsPage::add_section(FiguresSection *section, const QString &title) {
    m_tabs->addTab(title);
    m_sections->addWidget(section);
    connect(section, &FiguresSection::filter_wanted, this,
            [this](Field field, const QString &value) { m_bar->add_filter(field, value); });
    connect(section, &FiguresSection::day_wanted, m_bar, &QuestionBar::choose_day);
    connect(section, &FiguresSection::tenant_wanted, this, [this](const QString &tenant) {
        m_bar->choose_companion(tenant);
        m_tabs->setCurrentIndex(0);
    });
    connect(section, &FiguresSection::trouble, this, &AnalyticsPage::trouble);
    connect(section, &FiguresSection::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
}

void AnalyticsPage::connect_signals() {
    m_bar->values_wanted = [this](Field field, QMenu *menu) { show_values(field, menu); };
    connect(m_bar, &QuestionBar::changed, this, &AnalyticsPage::ask);
    connect(m_bar, &QuestionBar::companion_changed, this, [this] {
        m_bar->clear_filters(); // her pages and tests are not the other's
        load_place();
    });
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int place) {
        m_sections->setCurrentIndex(place);
        ask();
    });
    connect(m_state, &StateStack::retry_requested, this, &AnalyticsPage::activate);
    connect(m_state, &StateStack::action_requested, this,
            [this] { emit navigate(QStringLiteral("companions"), QStringLiteral("new")); });
    connect(m_exports, &FigureExports::done, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    connect(m_exports, &FigureExports::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
    connect(m_report, &ReportMenu::done, this,
            [this](const QString &message) { m_banner->show_message(Tone::Positive, message); });
    connect(m_report, &ReportMenu::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
    connect(&m_poll, &QTimer::timeout, this, &AnalyticsPage::poll);
}

FiguresSection *AnalyticsPage::current_section() const {
    return static_cast<FiguresSection *>(m_sections->currentWidget());
}

void AnalyticsPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    load_companions();
    m_poll.start();
}

void AnalyticsPage::hideEvent(QHideEvent *event) {
    m_poll.stop();
    Page::hideEvent(event);
}

void AnalyticsPage::open(const QString &argument) {
    for (int place = 0; place < m_sections->count(); ++place) {
        if (m_sections->widget(place)->objectName() == QStringLiteral("analytics.") + argument) {
            m_tabs->setCurrentIndex(place);
            return;
        }
    }
    m_wanted = argument;
    m_bar->choose_companion(argument);
}

void AnalyticsPage::load_companions() {
    const auto number = m_loads.next();
    m_worker.run([](db::Session &session) { return db::TenantStore(session).list(); })
        .then(this,
              [this, number](const std::vector<models::TenantSummary> &tenants) {
                  if (!m_loads.is_latest(number)) {
                      return;
                  }
                  m_banner->clear();
                  if (tenants.empty()) {
                      m_state->show_empty(
                          QStringLiteral("analytics"), tr("No site yet"),
                          tr("Figures appear once a companion’s site is live and people visit it."),
                          m_scope == Scope::Everybody ? tr("Create the first companion") : QString());
                      return;
                  }
                  std::vector<QuestionBar::Companion> companions;
                  for (const auto &tenant : tenants) {
                      companions.push_back(
                          {QString::fromStdString(tenant.id), QString::fromStdString(tenant.name)});
                  }
                  std::ranges::sort(companions, [](const auto &first, const auto &second) {
                      return QString::localeAwareCompare(first.name, second.name) < 0;
                  });
                  m_bar->set_companions(companions, m_scope == Scope::Everybody);
                  if (!m_wanted.isEmpty()) {
                      m_bar->choose_companion(std::exchange(m_wanted, QString()));
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

// The clock by which her days count, and her currency as published; before that as drafted.
void AnalyticsPage::load_place() {
    const auto number = m_places.next();
    const auto tenant = m_bar->companion().toStdString();
    m_worker
        .run([tenant](db::Session &session) {
            if (tenant.empty()) {
                return Place{"UTC", {}};
            }
            db::RevisionStore store(session);
            auto revision = store.latest(tenant);
            for (const auto &summary : store.list(tenant)) {
                if (summary.published && revision && summary.number != revision->summary.number) {
                    revision = store.find(tenant, summary.number);
                }
            }
            return Place{db::AnalyticsStore(session).zone(tenant),
                         revision ? text_at(revision->documents.content, "/pricing/currency")
                                  : std::string()};
        })
        .then(this,
              [this, number, tenant](const Place &place) {
                  if (m_places.is_latest(number)) {
                      m_question.tenant = tenant;
                      m_question.companion = tenant.empty() ? QString() : m_bar->companion_name();
                      m_question.zone = zone_of(place.zone);
                      m_question.currency = QString::fromStdString(place.currency);
                      m_bar->set_today(QDateTime::currentDateTimeUtc().toTimeZone(m_question.zone).date());
                      m_report->set_subject(m_question);
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
    m_state->show_error(tr("The figures could not be read"), reason);
    emit trouble();
}

void AnalyticsPage::ask() {
    m_question.range = m_bar->range();
    m_question.filter = m_bar->filter();
    const auto clock = m_question.tenant.empty()
                           ? tr("each by her own clock")
                           : tr("by the clock of %1").arg(QString::fromLatin1(m_question.zone.id()));
    m_header->set_subtitle(QStringList{range_words(m_question.range), clock, m_fresh}
                               .filter(QRegularExpression(QStringLiteral(".")))
                               .join(QStringLiteral(" · ")));
    if (m_state->state() == StateStack::State::Content) {
        current_section()->ask(m_question);
    }
}

void AnalyticsPage::poll() {
    const auto number = m_polls.next();
    struct Live {
        int visitors = 0;
        std::int64_t fresh_us = 0;
    };
    m_live
        .run([tenant = m_question.tenant](db::Session &session) {
            db::AnalyticsStore store(session);
            return Live{store.visitors_now(tenant), store.fresh_until_us(tenant)};
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
                const auto fresh = QDateTime::fromMSecsSinceEpoch(live.fresh_us / 1000, m_question.zone);
                const bool behind = fresh.secsTo(QDateTime::currentDateTimeUtc()) > 60;
                m_fresh =
                    behind
                        ? tr("figures until %1").arg(QLocale().toString(fresh, QStringLiteral("d MMM HH:mm")))
                        : QString();
            })
        .onFailed(this, [this, number](const std::exception &) {
            if (m_polls.is_latest(number)) {
                m_now->clear(); // the figures themselves say what is the matter
            }
        });
}

void AnalyticsPage::show_values(Field field, QMenu *menu) {
    struct Answer {
        std::vector<db::BreakdownRow> rows;
        std::map<std::string, QString> names;
    };
    auto question = m_question;
    set_filter(question.filter, field, {});
    m_live
        .run([question, field](db::Session &session) {
            Answer answer{db::AnalyticsStore(session).breakdown(question.tenant, question.range,
                                                                dimension_of(field), most_menu_values,
                                                                question.filter),
                          {}};
            if (field == Field::Variant && !question.tenant.empty()) {
                for (const auto &test : db::ExperimentStore(session).list(question.tenant)) {
                    for (const auto &arm : test.arms) {
                        answer.names[test.id + ':' + arm.id] =
                            QString::fromStdString(test.name + ": " + (arm.name.empty() ? arm.id : arm.name));
                    }
                }
            }
            return answer;
        })
        .then(this,
              [this, field, menu = QPointer<QMenu>(menu)](const Answer &answer) {
                  if (!menu) {
                      return;
                  }
                  menu->clear();
                  for (const auto &row : answer.rows) {
                      const auto name = answer.names.find(row.value);
                      const auto words = name == answer.names.end()
                                             ? value_words(dimension_of(field), row.value)
                                             : name->second;
                      const auto value = QString::fromStdString(row.value);
                      auto *action = menu->addAction(
                          tr("%1  (%2)").arg(words, QLocale().toString(qint64(row.totals.visits))), this,
                          [this, field, value, words] { m_bar->add_filter(field, value, words); });
                      action->setEnabled(!value.isEmpty());
                      action->setData(value);
                  }
                  if (answer.rows.empty()) {
                      menu->addAction(tr("Nothing in these days"))->setEnabled(false);
                  }
              })
        .onFailed(this, [this, menu = QPointer<QMenu>(menu)](const std::exception &error) {
            if (menu) {
                menu->clear();
                menu->addAction(tr("Could not be read"))->setEnabled(false);
            }
            m_banner->show_message(Tone::Caution, QString::fromUtf8(error.what()));
        });
}

std::vector<FiguresSection *> AnalyticsPage::sections() const {
    std::vector<FiguresSection *> list;
    for (int place = 0; place < m_sections->count(); ++place) {
        list.push_back(static_cast<FiguresSection *>(m_sections->widget(place)));
    }
    return list;
}

std::vector<std::pair<QString, QString>> AnalyticsPage::about() const {
    std::vector<std::pair<QString, QString>> lines{
        {tr("Companion"), m_bar->companion_name()},
        {tr("Days"), range_words(m_question.range)},
        {tr("Time zone"),
         m_question.tenant.empty() ? tr("each companion's own") : QString::fromLatin1(m_question.zone.id())}};
    for (const auto field : fields()) {
        if (const auto value = filter_value(m_question.filter, field); !value.empty()) {
            lines.emplace_back(field_name(field), value_words(dimension_of(field), value));
        }
    }
    lines.emplace_back(tr("Made"),
                       QLocale().toString(QDateTime::currentDateTimeUtc().toTimeZone(m_question.zone),
                                          QStringLiteral("d MMMM yyyy, HH:mm")));
    return lines;
}

} // namespace studio::ui
