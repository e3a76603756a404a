// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"
#include "site/page.h"

#include <QString>

#include <filesystem>
#include <functional>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

class TenantWatcher;
class Worker;

// What the editor needs from the program around it. Worker, watcher and store outlive the editor.
struct EditorServices {
    Worker *worker = nullptr;            // connected as the signed-in person
    media::AssetStore *assets = nullptr; // where imported photos go
    std::filesystem::path media_root;    // the folder that /media/… shows in the preview
    QString journal_directory;           // unsaved edits, kept across a crash
    QString login;                       // of the person whose unsaved edits these are
    QString public_url;                  // of the platform: "http://localhost:8080", no slash at the end
    bool outages_are_said_above = false; // the window shows lost connections above the page
    site::SiteSettings
        site; // with the same values as in the public service, so that the preview has the same bytes
    // What holds up the way of photos to the platform's store, as a sentence; "" while they go on. May be
    // empty.
    std::function<QString()> uploads_problem = {};
    // Called after an imported photo was added to the library, so that its files go to the platform's store
    // now rather than at the next notification of the database. May be empty.
    std::function<void(const models::TenantId &)> files_added = {};
    TenantWatcher *watcher =
        nullptr; // may be null: other people's changes are then noticed at the next action
};

} // namespace studio::ui
