// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/local_asset_store.h"
#include "ui/async/connection_monitor.h"
#include "ui/async/tenant_watcher.h"
#include "ui/async/worker.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/desktop_notifier.h"
#include "ui/bookings/pending_bookings.h"
#include "ui/uploads/store_keys.h"
#include "ui/uploads/upload_queue.h"

#include <QString>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace studio::app {

// Everything that is known before a sign-in: the platform and the login.
struct SignIn {
    std::string database_url;
    QString place;       // for the status line: "This computer", "db.example"
    QString environment; // name of the profile; "" for this machine's workspace
    QString public_url;
    std::filesystem::path media_root;
    bool is_the_services_folder = true; // media_root is what the public service serves at /media
    QString local_login;                // login of the workspace; "" elsewhere
    std::function<void()> remember{};   // called once the sign-in has worked
};

// Everything that a signed-in person's pages use. Pages hold pointers into it and are destroyed before it.
struct Connection {
    explicit Connection(SignIn where)
        : sign_in(std::move(where)), worker(sign_in.database_url), editor_worker(sign_in.database_url),
          bookings_worker(sign_in.database_url), monitor(sign_in.database_url), assets(sign_in.media_root) {}

    const SignIn sign_in;
    db::Identity identity;   // as it was at sign-in
    std::string database_id; // a restored copy has another one
    QString booking_preferences(const QString &folder) const {
        return ui::booking_preferences_path(folder, database_id, identity.login);
    }
    bool is_of_same_login(const Connection &other) const {
        return database_id == other.database_id && identity.login == other.identity.login;
    }
    ui::Worker worker;
    ui::Worker editor_worker;   // so that no list waits behind a save
    ui::Worker bookings_worker; // so that a new request is shown during long readings
    ui::ConnectionMonitor monitor;
    std::unique_ptr<ui::TenantWatcher> watcher;            // once signed in
    std::unique_ptr<ui::BookingsWatcher> bookings_watcher; // the same
    ui::DesktopNotifier notifier;
    std::unique_ptr<ui::PendingBookings> pending_bookings; // once signed in
    media::LocalAssetStore assets;
    std::unique_ptr<ui::StoreKeys> store_keys; // once signed in
    std::unique_ptr<ui::UploadQueue> uploads;  // of people who may change photos; null for others
};

} // namespace studio::app
