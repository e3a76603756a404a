// SPDX-License-Identifier: Apache-2.0
#include "app/studio/studio.h"

#include "app/studio/account_menu.h"
#include "app/studio/local_people.h"
#include "app/studio/page_list.h"
#include "app/studio/palette_commands.h"
#include "app/studio/start_trace.h"
#include "app/studio/tenant_directory.h"
#include "app/studio/upload_parts.h"
#include "ui/settings/profiles/sign_in_panel.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <QStandardPaths>
#include <QTimer>
#include <QUrl>

#include <utility>

namespace studio::app {

namespace {

constexpr auto default_public_url = "http://localhost:8080";

QString data_folder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/companion-studio");
}

constexpr int revive_ms = 2000; // leaves another program, such as companionctl, time to restart the server

} // namespace

Studio::Studio(Options options, ui::Theme &theme)
    : m_options(std::move(options)), m_theme(theme), m_preferences(load_preferences()),
      m_profiles(configuration_folder() + QStringLiteral("/profiles.json")),
      m_start(new ui::StartPage(&m_window)) {
    m_theme.set_appearance(m_preferences.appearance);
    m_window.side_bar()->set_collapsed(m_preferences.side_bar_collapsed);
    if (!m_preferences.window_geometry.isEmpty()) {
        m_window.restoreGeometry(m_preferences.window_geometry);
    }
    connect(m_start, &ui::StartPage::retry_requested, this, [this] {
        const bool workspace_runs = m_workspace && m_workspace->running();
        const bool known = (m_workspace && m_workspace->addresses()) || !m_options.database_url.isEmpty();
        if (known && (!m_workspace || workspace_runs)) {
            sign_in_first();
        } else {
            start_workspace();
        }
    });
    connect(m_start, &ui::StartPage::other_account_requested, this, [this] { show_sign_in({}); });
    connect(&m_window, &ui::MainWindow::trouble, this, [this] {
        if (m_connection) {
            m_connection->monitor.check();
        }
    });
    say_without_keychain(m_secrets, m_window);
    connect(&m_window, &ui::MainWindow::closing, this, &Studio::remember);
    connect(m_window.banner(), &ui::Banner::action_requested, this, [this] {
        if (m_connection && m_connection->monitor.state() == ui::ConnectionMonitor::State::Refused) {
            show_sign_in({});
        } else if (m_connection) {
            m_connection->monitor.check();
            revive_workspace();
        }
    });
    connect(m_window.palette_popup(), &ui::CommandPalette::opening, this, [this] {
        if (m_directory) {
            m_directory->refresh();
        }
        fill_palette();
    });
}

Studio::~Studio() {
    m_candidate.reset();
    sign_out();
    m_workspace.reset();
}

void Studio::start() {
    m_window.show_start(m_start);
    m_window.show();
    trace_start("window");
    if (m_options.database_url.isEmpty()) {
        start_workspace();
    } else {
        sign_in_first();
    }
}

void Studio::start_workspace() {
    m_start->show_progress(tr("Starting your workspace"));
    if (!m_workspace) {
        m_workspace = std::make_unique<LocalWorkspace>(m_options.workspace);
        follow_workspace();
    }
    m_workspace->start();
}

void Studio::follow_workspace() {
    connect(m_workspace.get(), &LocalWorkspace::slow, m_start, &ui::StartPage::show_progress);
    connect(m_workspace.get(), &LocalWorkspace::started, this, [this] {
        trace_start("workspace");
        sign_in_first();
    });
    connect(m_workspace.get(), &LocalWorkspace::failed, this, [this](const QString &reason) {
        m_start->show_error(tr("The workspace did not start"), reason);
    });
    connect(m_workspace.get(), &LocalWorkspace::revived, this, &Studio::workspace_revived);
    connect(m_workspace.get(), &LocalWorkspace::revival_failed, this,
            [this](const QString &reason) { m_window.banner()->setToolTip(reason); });
}

void Studio::sign_in_first() {
    if (!m_options.database_url.isEmpty()) {
        const auto host = QUrl(m_options.database_url).host();
        const bool local = host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1");
        const auto media = m_options.workspace.isEmpty() ? data_folder() + QStringLiteral("/media")
                                                         : m_options.workspace + QStringLiteral("/media");
        m_start->show_progress(tr("Connecting"));
        sign_in({.database_url = m_options.database_url.toStdString(),
                 .place = local ? tr("This computer") : host,
                 .environment = local ? QString() : host,
                 .public_url = m_options.public_url.isEmpty() ? QString::fromLatin1(default_public_url)
                                                              : m_options.public_url,
                 .media_root = media.toStdString(),
                 .is_the_services_folder = !m_options.workspace.isEmpty(),
                 .local_login = {}});
        return;
    }
    if (const auto *profile = m_profiles.find(m_options.profile); profile != nullptr) {
        show_sign_in(tr("Enter your password for %1.").arg(profile->name));
        m_panel->choose_profile(profile->name);
        return;
    }
    sign_in_locally(m_options.profile.isEmpty() ? QStringLiteral("operator") : m_options.profile);
}

void Studio::sign_in_locally(const QString &login) {
    if (!m_workspace || !m_workspace->addresses()) {
        start_workspace();
        return;
    }
    m_workspace->read_logins();
    const auto database_url = m_workspace->database_url(login);
    if (database_url.empty() || !belongs_to_person(login)) {
        sign_in_refused(tr("There is no account or profile named “%1” on this computer.").arg(login));
        return;
    }
    sign_in({.database_url = database_url,
             .place = tr("This computer"),
             .environment = {},
             .public_url = m_options.public_url.isEmpty() ? QString::fromLatin1(default_public_url)
                                                          : m_options.public_url,
             .media_root = m_workspace->addresses()->media,
             .local_login = login});
}

void Studio::sign_in_at(const QString &name, const QString &login, const QString &password, bool keep) {
    const auto *found = m_profiles.find(name);
    if (found == nullptr) {
        sign_in_refused(tr("The profile “%1” no longer exists.").arg(name));
        return;
    }
    const auto profile = *found;
    const auto media = profile.media_folder.isEmpty()
                           ? data_folder() + QStringLiteral("/profiles/") + name + QStringLiteral("/media")
                           : profile.media_folder;
    sign_in({.database_url = ui::connection_url(profile, login, password),
             .place = ui::host_of(profile.database_url),
             .environment = name,
             .public_url = profile.public_url,
             .media_root = media.toStdString(),
             .is_the_services_folder = !profile.media_folder.isEmpty(),
             .local_login = {},
             .remember = [this, profile, login, password, keep] {
                 remember_profile(profile, login, keep ? password : QString());
             }});
}

void Studio::remember_profile(ui::Profile profile, const QString &login, const QString &password) {
    if (m_profiles.find(profile.name) != nullptr) {
        profile.last_login = login;
        m_profiles.put(profile, profile.name);
    }
    if (!password.isEmpty()) {
        m_secrets.keep(profile.database_url, login, password);
    }
}

void Studio::sign_in(SignIn where) {
    m_candidate = std::make_unique<Connection>(std::move(where));
    auto *candidate = m_candidate.get();
    candidate->worker
        .run([](db::Session &session) {
            auto identity = session.identity();
            return std::pair(identity, identity.role ? session.database_id() : std::string());
        })
        .then(this,
              [this, candidate](const std::pair<db::Identity, std::string> &found) {
                  if (m_candidate.get() != candidate) {
                      return; // another sign-in was started after this one
                  }
                  const auto &identity = found.first;
                  candidate->identity = identity;
                  candidate->database_id = found.second;
                  if (!identity.role) {
                      sign_in_refused(tr("The login “%1” has no account in the studio.")
                                          .arg(QString::fromStdString(identity.login)));
                      return;
                  }
                  signed_in(std::move(m_candidate));
              })
        .onFailed(this, [this, candidate](const std::exception &error) {
            if (m_candidate.get() == candidate) {
                sign_in_refused(QString::fromUtf8(error.what()));
            }
        });
}

void Studio::sign_in_refused(const QString &reason) {
    m_candidate.reset();
    emit sign_in_failed(reason);
    if (m_panel != nullptr && m_panel->isVisible()) {
        m_panel->show_problem(reason);
        return;
    }
    m_start->show_error(tr("Nobody is signed in"), reason);
    m_window.show_start(m_start);
}

void Studio::signed_in(std::unique_ptr<Connection> connection) {
    if (connection->sign_in.remember) {
        connection->sign_in.remember();
    }
    const bool same = m_connection && m_connection->is_of_same_login(*connection);
    if (!(same ? m_window.pages_may_close_for_now() : m_window.pages_may_close())) {
        return;
    }
    sign_out();
    m_connection = std::move(connection);
    m_connection->watcher = std::make_unique<ui::TenantWatcher>(m_connection->sign_in.database_url);
    follow_bookings();
    m_directory = std::make_unique<TenantDirectory>(*m_connection);
    connect(m_directory.get(), &TenantDirectory::changed, this, &Studio::fill_palette);
    connect(m_directory.get(), &TenantDirectory::changed, this, &Studio::show_last_publish);
    m_uploads = std::make_unique<UploadParts>(*m_connection, m_secrets, m_window);
    m_window.set_pages(pages(*m_connection));
    show_pending_bookings(m_connection->pending_bookings->count());
    m_window.side_bar()->set_environment(m_connection->sign_in.environment);
    build_account_menu();
    watch_connection();
    const auto own = ui::to_text(m_connection->identity.tenant_id.value_or(models::TenantId()));
    const auto &entries = m_window.entries();
    const bool asked =
        !m_options.page.isEmpty() &&
        m_window.show_page(m_options.page, m_options.page == QLatin1String("editor") ? own : QString());
    if (!asked && !entries.empty()) {
        m_window.show_page(entries.front().id, own);
    }
    announce_when_settled();
}

void Studio::follow_bookings() {
    auto &connection = *m_connection;
    connection.bookings_watcher = std::make_unique<ui::BookingsWatcher>(connection.sign_in.database_url);
    connection.pending_bookings = std::make_unique<ui::PendingBookings>(
        connection.bookings_worker, *connection.bookings_watcher, connection.notifier,
        connection.booking_preferences(configuration_folder()));
    connect(connection.pending_bookings.get(), &ui::PendingBookings::count_changed, this,
            &Studio::show_pending_bookings);
    connect(connection.pending_bookings.get(), &ui::PendingBookings::open_requested, this,
            [this](const QString &booking) {
                m_window.show_page(QStringLiteral("bookings"), booking);
                m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
                m_window.show();
                m_window.raise();
                m_window.activateWindow();
            });
}

void Studio::show_pending_bookings(int count) {
    m_window.side_bar()->set_count(QStringLiteral("bookings"), count);
}

ui::PageEntries Studio::pages(Connection &connection) {
    return pages_for({.connection = connection,
                      .theme = m_theme,
                      .profiles = m_profiles,
                      .workspace = m_workspace ? m_workspace->folder() : QString(),
                      .pictures = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                                  QStringLiteral("/companion-studio/sites"),
                      .journals = data_folder() + QStringLiteral("/journals"),
                      .configuration = configuration_folder()});
}

std::vector<models::TenantSummary> Studio::tenants() const {
    return m_directory ? m_directory->tenants() : std::vector<models::TenantSummary>();
}

std::string Studio::local_database(const QString &login) const {
    return m_workspace ? m_workspace->database_url(login) : std::string();
}

void Studio::say_lost(const ui::MainWindow &window) {
    window.banner()->show_message(
        ui::Tone::Caution,
        tr("The database is not responding. What you typed is kept. Retrying automatically."),
        tr("Retry now"), ui::Banner::Dismissal::Never);
}

void Studio::sign_out() {
    m_window.set_pages({});
    m_window.banner()->clear();
    m_directory.reset();
    m_uploads.reset();
    m_connection.reset();
}

QStringList Studio::local_people() {
    if (!m_workspace) {
        return {};
    }
    m_workspace->read_logins();
    return m_workspace->people();
}

void Studio::show_sign_in(const QString &reason) {
    m_panel = new ui::SignInPanel(local_people(), m_profiles, m_secrets);
    connect(m_panel, &ui::SignInPanel::local_chosen, this, &Studio::sign_in_locally);
    connect(m_panel, &ui::SignInPanel::remote_chosen, this, &Studio::sign_in_at);
    m_start->show_panel(tr("Sign in"), reason, m_panel);
    m_window.show_start(m_start);
}

void Studio::watch_connection() {
    connect(&m_connection->monitor, &ui::ConnectionMonitor::state_changed, this, &Studio::connection_changed);
    connect(m_connection->watcher.get(), &ui::TenantWatcher::disconnected, &m_connection->monitor,
            &ui::ConnectionMonitor::check);
    m_window.status_line()->set_connection(ui::ConnectionMonitor::State::Connected,
                                           m_connection->sign_in.place);
    m_window.status_line()->set_last_publish({}, {});
    m_connection->monitor.start();
}

bool Studio::workspace_was_stopped() const {
    return m_workspace && m_connection && !m_connection->sign_in.local_login.isEmpty() &&
           m_workspace->stopped();
}

void Studio::say_stopped() {
    m_window.banner()->show_message(
        ui::Tone::Caution,
        m_workspace->removed()
            ? tr("The workspace on this computer was removed. Starting it again creates a new one.")
            : tr("The workspace on this computer was stopped. What you typed is kept."),
        tr("Start it again"), ui::Banner::Dismissal::Never);
}

void Studio::connection_lost(const QString &reason) {
    m_window.banner()->setToolTip(reason);
    if (workspace_was_stopped()) {
        say_stopped();
        return;
    }
    say_lost(m_window);
    QTimer::singleShot(revive_ms, this, [this] {
        if (!m_connection || m_connection->monitor.state() != ui::ConnectionMonitor::State::Lost) {
            return;
        }
        if (workspace_was_stopped()) {
            say_stopped();
        } else {
            revive_workspace();
        }
    });
}

void Studio::revive_workspace() {
    if (m_workspace && m_connection && !m_connection->sign_in.local_login.isEmpty()) {
        m_workspace->revive();
    }
}

void Studio::workspace_revived() {
    if (!m_connection || m_connection->sign_in.local_login.isEmpty()) {
        return;
    }
    const auto login = m_connection->sign_in.local_login;
    if (local_database(login) == m_connection->sign_in.database_url) {
        m_connection->monitor.check();
    } else { // the port was taken by another program, so the server got a new one
        sign_in_locally(login);
    }
}

void Studio::connection_changed(ui::ConnectionMonitor::State state, const QString &reason) {
    using State = ui::ConnectionMonitor::State;
    m_window.status_line()->set_connection(state, m_connection->sign_in.place);
    auto *banner = m_window.banner();
    switch (state) {
    case State::Lost:
        connection_lost(reason);
        break;
    case State::Refused:
        banner->show_message(ui::Tone::Negative, tr("%1 What you typed is kept.").arg(reason), tr("Sign in"),
                             ui::Banner::Dismissal::Never);
        break;
    case State::Connected:
        if (!banner->text().isEmpty()) {
            banner->clear();
            if (auto *page = m_window.current_page()) {
                page->activate();
            }
        }
        break;
    case State::Connecting:
        break;
    }
}

void Studio::build_account_menu() {
    auto *menu = new AccountMenu([this] { return local_people(); }, m_connection->sign_in.local_login,
                                 m_window.side_bar());
    connect(menu, &AccountMenu::login_chosen, this, &Studio::sign_in_locally);
    connect(menu, &AccountMenu::switch_requested, this, [this] { show_sign_in({}); });
    connect(menu, &AccountMenu::sign_out_requested, this, [this] {
        if (m_window.pages_may_close()) {
            show_sign_in(tr("You are signed out."));
            sign_out();
        }
    });
    const auto &identity = m_connection->identity;
    m_window.side_bar()->set_account(QString::fromStdString(identity.display_name),
                                     ui::role_word(*identity.role), menu);
}

void Studio::show_last_publish() {
    const auto &last = m_directory->last_publication();
    if (!last) {
        m_window.status_line()->set_last_publish({}, {});
        return;
    }
    const auto time = ui::to_date_time(last->at);
    m_window.status_line()->set_last_publish(tr("%1 published %2")
                                                 .arg(QString::fromStdString(last->tenant_name),
                                                      ui::clock_or_day(time, QDateTime::currentDateTime())),
                                             ui::full_time(time));
}

void Studio::fill_palette() {
    const bool edits_all = m_directory && m_connection->identity.role == models::Role::Operator;
    m_window.palette_popup()->set_commands(palette_commands(
        m_window, edits_all ? m_directory->tenants() : std::vector<models::TenantSummary>()));
}

void Studio::announce_when_settled() {
    const auto announce = [this] {
        if (!m_directory) {
            return; // signed out in the meantime
        }
        trace_start("usable");
        m_directory->refresh();
        emit ready();
    };
    auto *page = m_window.current_page();
    auto *state =
        page == nullptr ? nullptr : page->findChild<ui::StateStack *>(page->id() + QStringLiteral(".state"));
    if (state == nullptr || state->state() != ui::StateStack::State::Loading) {
        QTimer::singleShot(0, this, announce);
        return;
    }
    connect(
        state, &ui::StateStack::state_changed, this,
        [this, announce] { QTimer::singleShot(0, this, announce); }, Qt::SingleShotConnection);
}

void Studio::remember() {
    m_preferences.appearance = m_theme.appearance();
    m_preferences.side_bar_collapsed = m_window.side_bar()->collapsed();
    m_preferences.window_geometry = m_window.saveGeometry();
    save_preferences(m_preferences);
}

} // namespace studio::app
