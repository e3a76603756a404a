// SPDX-License-Identifier: Apache-2.0
#include "app/studio/screenshot_tour.h"

#include "app/studio/page_list.h"
#include "app/studio/tenant_directory.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <cstdio>

namespace studio::app {

namespace {

constexpr QSize picture(1280, 800);
constexpr int poll_ms = 50;
constexpr int most_polls = 600; // half a minute
constexpr int preview_rest_ms = 5000;
// Nothing listens there: port 1 is reserved.
constexpr auto dead_database = "postgresql://operator@127.0.0.1:1/studio?connect_timeout=2";

} // namespace

ScreenshotTour::ScreenshotTour(Studio &studio, ui::Theme &theme, QString folder, QObject *parent)
    : QObject(parent), m_studio(studio), m_theme(theme), m_folder(std::move(folder)),
      m_subject(&studio.window()) {
    m_studio.window().resize(picture);
    m_poll.setInterval(poll_ms);
    connect(&m_poll, &QTimer::timeout, this, &ScreenshotTour::poll);
    connect(&m_studio, &Studio::sign_in_failed, this, [this](const QString &reason) {
        std::fprintf(stderr, "companion-studio: the tour could not sign in: %s\n", qUtf8Printable(reason));
        end(1);
    });
    connect(
        &m_studio, &Studio::ready, this,
        [this] {
            if (!QDir().mkpath(m_folder)) {
                std::fprintf(stderr, "companion-studio: cannot make the folder %s\n",
                             qUtf8Printable(m_folder));
                end(1);
                return;
            }
            plan();
            next();
        },
        Qt::SingleShotConnection);
}

void ScreenshotTour::plan() {
    for (const auto appearance : {ui::Appearance::Light, ui::Appearance::Dark}) {
        const auto look = ui::to_string(appearance);
        m_steps.push_back({{}, [this, appearance] { m_theme.set_appearance(appearance); }, nullptr});
        plan_operator(look);
        plan_weather(look);
        plan_role(look, QStringLiteral("staff"), QStringLiteral("home-staff"), 400);
        plan_role(look, QStringLiteral("claire"), QStringLiteral("editor-companion"), preview_rest_ms);
        m_steps.push_back(
            {look + QStringLiteral("-sign-in"), [this] { m_studio.show_sign_in({}); }, nullptr});
        plan_role(look, QStringLiteral("operator"), {}, 400);
    }
}

void ScreenshotTour::plan_operator(const QString &look) {
    const auto name = [&look](const char *what) { return look + QLatin1Char('-') + QLatin1String(what); };
    add_page(name("companions"), QStringLiteral("companions"), {}, 2500);
    add_page(name("companions-live"), QStringLiteral("companions"), QStringLiteral("claire"), 1200);
    add_page(name("companions-preview"), QStringLiteral("companions"), QStringLiteral("emma"), 1200);
    add_page(name("companions-new"), QStringLiteral("companions"), QStringLiteral("new"));
    m_steps.push_back(
        {{},
         [this] { m_subject->findChild<QPushButton *>(QStringLiteral("create.cancel"))->click(); },
         nullptr});
    const auto search = [this](const QString &text) {
        return [this, text] {
            if (auto *field = m_subject->findChild<QLineEdit *>(QStringLiteral("companions.search"))) {
                field->setText(text);
            }
        };
    };
    m_steps.push_back({name("companions-nobody"), search(QStringLiteral("nobody at all")), nullptr});
    m_steps.push_back({{}, search({}), nullptr});
    m_steps.push_back({name("palette"), [this] { m_subject->palette_popup()->open(); }, nullptr});
    m_steps.push_back({{}, [this] { m_subject->palette_popup()->hide(); }, nullptr});
    add_page(name("editor"), QStringLiteral("editor"), QStringLiteral("claire"), preview_rest_ms);
    add_page(name("people"), QStringLiteral("people"));
    add_page(name("people-account"), QStringLiteral("people"), QStringLiteral("staff"));
    add_page(name("people-new"), QStringLiteral("people"), QStringLiteral("new"));
    add_page(name("people-activity"), QStringLiteral("people"), QStringLiteral("activity"));
    add_page(name("settings"), QStringLiteral("settings"));
    m_steps.push_back({name("narrow"),
                       [this] {
                           m_subject->side_bar()->set_collapsed(true);
                           m_subject->show_page(QStringLiteral("companions"));
                       },
                       nullptr});
    m_steps.push_back({{}, [this] { m_subject->side_bar()->set_collapsed(false); }, nullptr});
}

// The same pages over a database that does not answer.
void ScreenshotTour::plan_weather(const QString &look) {
    m_steps.push_back(
        {{},
         [this] {
             const auto &here = m_studio.connection()->sign_in;
             m_dead = std::make_unique<Connection>(SignIn{.database_url = dead_database,
                                                          .place = here.place,
                                                          .environment = QStringLiteral("Production"),
                                                          .public_url = here.public_url,
                                                          .media_root = here.media_root,
                                                          .local_login = {}});
             m_dead->identity = m_studio.connection()->identity;
             m_dead_window = std::make_unique<ui::MainWindow>();
             m_dead_window->resize(picture);
             m_dead_window->set_pages(m_studio.pages(*m_dead));
             m_dead_window->side_bar()->set_environment(m_dead->sign_in.environment);
             m_dead_window->status_line()->set_connection(ui::ConnectionMonitor::State::Lost, {});
             m_dead_window->show();
             m_subject = m_dead_window.get();
             m_studio.say_lost(*m_dead_window);
         },
         nullptr});
    for (const auto *page : {"companions", "people"}) {
        add_page(look + QStringLiteral("-%1-error").arg(QLatin1String(page)), QLatin1String(page));
    }
    m_steps.push_back({{},
                       [this] {
                           m_subject = &m_studio.window();
                           m_dead_window.reset();
                           m_dead.reset();
                       },
                       nullptr});
}

void ScreenshotTour::plan_role(const QString &look, const QString &login, const QString &name, int rest_ms) {
    m_steps.push_back({name.isEmpty() ? QString() : look + QLatin1Char('-') + name,
                       [this, login] { m_studio.sign_in_locally(login); },
                       [this, login] {
                           const auto *connection = m_studio.connection();
                           return connection != nullptr && connection->sign_in.local_login == login &&
                                  page_settled();
                       },
                       rest_ms});
}

void ScreenshotTour::add_page(const QString &name, const QString &page, const QString &argument,
                              int rest_ms) {
    m_steps.push_back({name,
                       [this, page, argument] {
                           const auto id = tenant_id(argument);
                           if (!m_subject->show_page(page, id.isEmpty() ? argument : id)) {
                               std::fprintf(stderr, "companion-studio: there is no page %s\n",
                                            qUtf8Printable(page));
                               ++m_failures;
                           }
                       },
                       [this] { return page_settled(); }, rest_ms});
}

void ScreenshotTour::next() {
    if (m_steps.empty()) {
        end(m_failures == 0 ? 0 : 1);
        return;
    }
    m_steps.front().act();
    m_polls = 0;
    m_poll.start();
}

void ScreenshotTour::poll() {
    const auto &step = m_steps.front();
    if (step.settled && !step.settled() && ++m_polls < most_polls) {
        return;
    }
    m_poll.stop();
    if (m_polls >= most_polls) {
        std::fprintf(stderr, "companion-studio: %s did not settle\n", qUtf8Printable(step.name));
        ++m_failures;
    }
    QTimer::singleShot(step.rest_ms, this, &ScreenshotTour::take);
}

void ScreenshotTour::take() {
    const auto name = m_steps.front().name;
    if (!name.isEmpty() &&
        !m_subject->grab().save(m_folder + QLatin1Char('/') + name + QStringLiteral(".png"))) {
        std::fprintf(stderr, "companion-studio: cannot write %s\n", qUtf8Printable(name));
        ++m_failures;
    }
    m_steps.pop_front();
    next();
}

void ScreenshotTour::end(int code) {
    m_steps.clear();
    m_subject = &m_studio.window();
    QApplication::exit(code);
}

bool ScreenshotTour::page_settled() const {
    const auto *page = m_subject->current_page();
    if (page == nullptr) {
        return false;
    }
    const auto states = page->findChildren<ui::StateStack *>();
    return std::none_of(states.begin(), states.end(), [](const auto *state) {
        return state->isVisible() && state->state() == ui::StateStack::State::Loading;
    });
}

QString ScreenshotTour::tenant_id(const QString &subdomain) const {
    for (const auto &tenant : m_studio.tenants()) {
        if (tenant.subdomain == subdomain.toStdString()) {
            return QString::fromStdString(tenant.id);
        }
    }
    return {};
}

} // namespace studio::app
