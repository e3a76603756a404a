// SPDX-License-Identifier: Apache-2.0
#include "app/studio/page_list.h"

#include "app/workspace/kept_logins.h"
#include "db/stores/photo_library.h"
#include "ui/analytics/analytics_page.h"
#include "ui/bookings/bookings_page.h"
#include "ui/companions/companions_page.h"
#include "ui/editor/editor_page.h"
#include "ui/experiments/experiments_page.h"
#include "ui/library/library_page.h"
#include "ui/people/people_page.h"
#include "ui/settings/profiles/profile.h"
#include "ui/settings/settings_page.h"
#include "ui/uploads/photo_store_card.h"
#include "ui/uploads/upload_words.h"
#include "ui/widgets/tenant_id.h"

#include <QUrl>

namespace studio::app {

namespace {

// Wakes the uploads; does nothing for people who may not change photos.
std::function<void(const models::TenantId &)> look_for_uploads(Connection &connection) {
    return [queue = connection.uploads.get()](const models::TenantId &) {
        if (queue != nullptr) {
            queue->look();
        }
    };
}

ui::PageEntry companions(const PageSurroundings &around) {
    return {QStringLiteral("companions"), ui::CompanionsPage::tr("Companions"), QStringLiteral("companions"),
            [&connection = around.connection, pictures = around.pictures](QWidget *parent) -> ui::Page * {
                const auto &sign_in = connection.sign_in;
                ui::CompanionsServices services;
                services.worker = &connection.worker;
                services.watcher = connection.watcher.get();
                services.media_root = sign_in.media_root;
                services.public_url = sign_in.public_url;
                services.site.platform_origin = sign_in.public_url.toStdString();
                services.thumbnail_folder = pictures;
                return new ui::CompanionsPage(std::move(services), parent);
            }};
}

ui::PageEntry editor(const PageSurroundings &around) {
    return {QStringLiteral("editor"), ui::EditorPage::tr("Editor"), QStringLiteral("editor"),
            [&connection = around.connection, journals = around.journals](QWidget *parent) -> ui::Page * {
                const auto &sign_in = connection.sign_in;
                ui::EditorServices services;
                services.worker = &connection.editor_worker;
                services.watcher = connection.watcher.get();
                services.assets = &connection.assets;
                services.media_root = sign_in.media_root;
                services.journal_directory = journals;
                services.login = QString::fromStdString(connection.identity.login);
                services.outages_are_said_above = true;
                services.public_url = sign_in.public_url;
                services.site.platform_origin = sign_in.public_url.toStdString();
                services.uploads_problem = [queue = connection.uploads.get()] {
                    return queue == nullptr ? QString() : ui::uploads_problem(queue->state());
                };
                services.files_added = look_for_uploads(connection);
                return new ui::EditorPage(std::move(services), parent);
            }};
}

ui::PageEntry library(const PageSurroundings &around) {
    return {QStringLiteral("library"), ui::LibraryPage::tr("Photos"), QStringLiteral("photo"),
            [&connection = around.connection](QWidget *parent) -> ui::Page * {
                const auto &sign_in = connection.sign_in;
                const bool own = connection.identity.role == models::Role::Companion;
                ui::LibraryServices services;
                services.database_url = sign_in.database_url;
                services.may_edit = !own || connection.identity.may_edit;
                services.may_test = !own;
                services.may_record_releases = !own;
                services.watcher = connection.watcher.get();
                services.assets = &connection.assets;
                services.media_root = sign_in.media_root;
                services.files_added = look_for_uploads(connection);
                services.steps_asked = services.files_added;
                services.keeps_originals = [](db::Session &session, const models::TenantId &tenant) {
                    return db::PhotoLibrary(session).keeps_originals(tenant);
                };
                return new ui::LibraryPage(std::move(services), parent);
            }};
}

ui::PageEntry analytics(const PageSurroundings &around) {
    return {QStringLiteral("analytics"), ui::AnalyticsPage::tr("Analytics"), QStringLiteral("analytics"),
            [&connection = around.connection](QWidget *parent) -> ui::Page * {
                const bool own = connection.identity.role == models::Role::Companion;
                return new ui::AnalyticsPage(
                    connection.sign_in.database_url,
                    own ? ui::AnalyticsPage::Scope::Own : ui::AnalyticsPage::Scope::Everybody, parent);
            }};
}

ui::PageEntry experiments(const PageSurroundings &around) {
    return {QStringLiteral("experiments"), ui::ExperimentsPage::tr("A/B tests"), QStringLiteral("experiment"),
            [&connection = around.connection](QWidget *parent) -> ui::Page * {
                const auto &sign_in = connection.sign_in;
                ui::ExperimentsServices services;
                services.database_url = sign_in.database_url;
                services.may_change = connection.identity.role == models::Role::Operator;
                services.media_root = sign_in.media_root;
                services.public_url = sign_in.public_url;
                services.site.platform_origin = sign_in.public_url.toStdString();
                return new ui::ExperimentsPage(std::move(services), parent);
            }};
}

ui::AccountPasswords account_passwords(const PageSurroundings &around) {
    if (around.connection.sign_in.local_login.isEmpty()) {
        return {};
    }
    const std::filesystem::path workspace = around.workspace.toStdString();
    return {[workspace](db::Session &session, const db::NewAccount &account) {
                return add_kept_account(workspace, db::AccountStore(session), account);
            },
            [workspace](db::Session &session, const std::string &login) {
                return reset_kept_password(workspace, db::AccountStore(session), login);
            }};
}

ui::PageEntry people(const PageSurroundings &around) {
    return {QStringLiteral("people"), ui::PeoplePage::tr("People"), QStringLiteral("people"),
            [&connection = around.connection,
             passwords = account_passwords(around)](QWidget *parent) -> ui::Page * {
                return new ui::PeoplePage(
                    connection.worker, QString::fromStdString(connection.identity.login), passwords, parent);
            }};
}

ui::PageEntry bookings(const PageSurroundings &around) {
    return {
        QStringLiteral("bookings"), ui::BookingsPage::tr("Bookings"), QStringLiteral("calendar"),
        [&connection = around.connection,
         file = around.connection.booking_preferences(around.configuration)](QWidget *parent) -> ui::Page * {
            ui::BookingsServices services;
            services.worker = &connection.bookings_worker;
            services.watcher = connection.bookings_watcher.get();
            services.own_companion = ui::to_text(connection.identity.tenant_id.value_or(models::TenantId()));
            services.public_url = connection.sign_in.public_url;
            services.preferences = file;
            services.outages_are_said_above = true;
            auto *page = new ui::BookingsPage(std::move(services), parent);
            QObject::connect(page, &ui::BookingsPage::preferences_changed, connection.pending_bookings.get(),
                             &ui::PendingBookings::set_preferences);
            return page;
        }};
}

std::vector<ui::Place> places(const PageSurroundings &around) {
    const auto &sign_in = around.connection.sign_in;
    std::vector<ui::Place> places;
    if (!around.workspace.isEmpty() && sign_in.environment.isEmpty()) {
        places.push_back({ui::SettingsPage::tr("Workspace"), around.workspace});
    }
    const QUrl database(QString::fromStdString(sign_in.database_url));
    places.push_back({ui::SettingsPage::tr("Database"),
                      QStringLiteral("%1:%2").arg(database.host()).arg(database.port(5432))});
    places.push_back({ui::SettingsPage::tr("Public address"), sign_in.public_url});
    places.push_back({ui::SettingsPage::tr("Photos"), QString::fromStdString(sign_in.media_root.string())});
    places.push_back({ui::SettingsPage::tr("Unsaved edits"), around.journals});
    places.push_back({ui::SettingsPage::tr("Preferences"), around.configuration});
    return places;
}

// The settings of the photo store for operators; null for others.
QWidget *photo_store(Connection &connection, QWidget *parent) {
    if (connection.identity.role != models::Role::Operator) {
        return nullptr;
    }
    return new ui::PhotoStoreCard(
        {connection.sign_in.database_url, connection.sign_in.media_root, connection.store_keys.get(),
         [queue = connection.uploads.get()] { queue->look(); }, connection.sign_in.is_the_services_folder},
        parent);
}

ui::PageEntry settings(const PageSurroundings &around) {
    return {QStringLiteral("settings"), ui::SettingsPage::tr("Settings"), QStringLiteral("settings"),
            [&theme = around.theme, &profiles = around.profiles, &connection = around.connection,
             places = places(around)](QWidget *parent) -> ui::Page * {
                return new ui::SettingsPage(theme, profiles, places, photo_store(connection, parent), parent);
            }};
}

} // namespace

ui::PageEntries pages_for(const PageSurroundings &around) {
    switch (around.connection.identity.role.value_or(models::Role::Staff)) {
    case models::Role::Operator:
        return {companions(around), editor(around),      library(around), bookings(around),
                analytics(around),  experiments(around), people(around),  settings(around)};
    case models::Role::Companion:
        return {editor(around),    library(around),     bookings(around),
                analytics(around), experiments(around), settings(around)};
    case models::Role::Staff:
        break;
    }
    return {bookings(around), settings(around)};
}

} // namespace studio::app
