// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

#include <QString>

#include <filesystem>

namespace studio::ui {

class TenantWatcher;
class Worker;

// What the companions page needs from the program around it. Worker and watcher outlive the page.
struct CompanionsServices {
    Worker *worker = nullptr;
    TenantWatcher *watcher = nullptr; // may be null: the list is then refreshed by hand only
    std::filesystem::path media_root; // the folder that /media/… shows
    QString public_url;               // of the platform: "http://localhost:8080", no slash at the end
    site::SiteSettings site = {};     // as the public service has them
    QString thumbnail_folder = {};    // where pictures of sites are kept; "": sites are drawn only
};

} // namespace studio::ui
