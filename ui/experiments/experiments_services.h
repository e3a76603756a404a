// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

#include <QString>

#include <filesystem>
#include <string>

namespace studio::ui {

// What the A/B tests page needs from the program around it.
struct ExperimentsServices {
    std::string database_url;
    bool may_change = true;                // false for a companion's login, which can only read
    std::filesystem::path media_root = {}; // the folder that /media/… shows
    QString public_url = {};               // of the platform: "http://localhost:8080", no slash at the end
    site::SiteSettings site = {};          // with the same values as in the public service
};

} // namespace studio::ui
