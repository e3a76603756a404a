// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

#include <QString>

#include <filesystem>
#include <string>

namespace studio::ui {

// What the tests page needs from the program around it.
struct ExperimentsServices {
    std::string database_url;
    bool may_change = true;                // a companion's login looks on
    std::filesystem::path media_root = {}; // the folder that /media/… shows
    QString public_url = {};               // of the platform: "http://localhost:8080", no slash at the end
    site::SiteSettings site = {};          // as the public service has them
};

} // namespace studio::ui
