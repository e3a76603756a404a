// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/connection.h"
#include "app/studio/local_workspace.h"
#include "app/studio/options.h"
#include "app/studio/preferences.h"
#include "ui/settings/profiles/profile_store.h"
#include "ui/settings/profiles/secret_store.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

#include <QObject>

#include <memory>

namespace studio::ui {
class SignInPanel;
class StartPage;
} // namespace studio::ui

namespace studio::app {

class TenantDirectory;
class UploadParts;

// Connects the program's parts: starts the workspace, signs people in and out, gives each role its pages, and
// says above the page that the database is unreachable or the account was disabled.
class Studio final : public QObject {
    Q_OBJECT

public:
    Studio(Options options, ui::Theme &theme);
    ~Studio() override;

    void start();
    ui::MainWindow &window() { return m_window; }
    Connection *connection() { return m_connection.get(); }
    void sign_in_locally(const QString &login);
    void sign_in_at(const QString &profile, const QString &login, const QString &password, bool keep);
    void show_sign_in(const QString &reason);
    // The pages of the signed-in person, over this connection.
    ui::PageEntries pages(Connection &connection);
    // The companions that have been read so far.
    std::vector<models::TenantSummary> tenants() const;
    // The address of a login of the local workspace; "" where there is none.
    std::string local_database(const QString &login) const;
    // The banner over the pages of a window whose database does not answer.
    static void say_lost(const ui::MainWindow &window);

signals:
    void ready(); // a page shows its content for the first time after a sign-in
    void sign_in_failed(const QString &reason);

private:
    void start_workspace();
    void follow_workspace();
    // Labels of the local logins, read again; none before the workspace has started.
    QStringList local_people();
    void sign_in_first();
    void sign_in(SignIn where);
    void sign_in_refused(const QString &reason);
    void signed_in(std::unique_ptr<Connection> connection);
    // The login of a profile whose sign-in worked, and its password unless it is "".
    void remember_profile(ui::Profile profile, const QString &login, const QString &password);
    void sign_out();
    void follow_bookings();
    void show_pending_bookings(int count);
    void watch_connection();
    void connection_lost(const QString &reason);
    // Whether a person stopped it, with companionctl for example: then only a person starts it again.
    bool workspace_was_stopped() const;
    void say_stopped();
    // Starts the server again where the connection is to this machine's own workspace.
    void revive_workspace();
    void workspace_revived();
    void connection_changed(ui::ConnectionMonitor::State state, const QString &reason);
    void build_account_menu();
    void show_last_publish();
    void fill_palette();
    void announce_when_settled();
    void remember();

    Options m_options;
    ui::Theme &m_theme;
    Preferences m_preferences;
    ui::ProfileStore m_profiles;
    ui::SecretStore m_secrets;
    std::unique_ptr<LocalWorkspace> m_workspace; // null with --database
    std::unique_ptr<Connection> m_candidate;     // signing in
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<TenantDirectory> m_directory;
    ui::MainWindow m_window;                // its pages point into the connection and are destroyed before it
    std::unique_ptr<UploadParts> m_uploads; // uses the connection; destroyed before it
    ui::StartPage *m_start;
    ui::SignInPanel *m_panel = nullptr;
};

} // namespace studio::app
