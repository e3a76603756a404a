// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"

#include <filesystem>
#include <functional>
#include <string>

namespace studio::db {
class Session;
}

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

class TenantWatcher;

// What the page of photos needs from the program around it. Store and watcher outlive the page.
struct LibraryServices {
    std::string database_url;
    bool may_edit = true;                  // false for a companion who may not save drafts
    bool may_test = true;                  // operators alone start tests
    bool may_record_releases = true;       // operators alone
    TenantWatcher *watcher = nullptr;      // may be null: changes by others are then read with the next visit
    media::AssetStore *assets = nullptr;   // where imported photos go
    std::filesystem::path media_root = {}; // the folder that /media/… shows
    // Whether the companion's files are kept privately as they came; called on the page's session. Empty: no.
    std::function<bool(db::Session &, const models::TenantId &)> keeps_originals = {};
    // Called after a photo was added, so that its files go to the platform's store. May be empty.
    std::function<void(const models::TenantId &)> files_added = {};
    // Called after a takedown, a pause or a resume, so that its steps are carried out now rather than at the
    // next run of `companionctl jobs run media`. May be empty.
    std::function<void(const models::TenantId &)> steps_asked = {};
};

} // namespace studio::ui
