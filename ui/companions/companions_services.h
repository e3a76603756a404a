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
    TenantWatcher *watcher = nullptr; // may be null: the list is then refreshed only with F5
    std::filesystem::path media_root; // the folder that /media/… shows
    QString public_url;               // of the platform: "http://localhost:8080", no slash at the end
    site::SiteSettings site = {};     // with the same values as in the public service
    QString thumbnail_folder = {}; // where pictures of sites are stored; with "" a drawing stands in for each
};

} // namespace studio::ui
