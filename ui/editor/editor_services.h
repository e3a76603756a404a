// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

#include <QString>

#include <filesystem>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

class TenantWatcher;
class Worker;

// What the editor needs from the program around it. Worker, watcher and store outlive the editor.
struct EditorServices {
    Worker *worker = nullptr;            // runs on the signed-in person's login
    media::AssetStore *assets = nullptr; // where imported photos go
    std::filesystem::path media_root;    // the folder that /media/… shows in the preview
    QString journal_directory;           // unsaved edits, kept across a crash
    QString login;                       // whose unsaved edits they are
    QString public_url;                  // of the platform: "http://localhost:8080", no slash at the end
    bool outages_are_said_above = false; // the window around the page has a strip for them
    site::SiteSettings site; // as the public service has them, so that the preview's bytes are its bytes
    TenantWatcher *watcher = nullptr; // may be null: what others do is then seen at the next action
};

} // namespace studio::ui
