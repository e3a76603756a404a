// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/connection.h"
#include "ui/settings/profiles/profile_store.h"
#include "ui/shell/page_entry.h"
#include "ui/widgets/theme.h"

namespace studio::app {

// What pages need in addition to the connection.
struct PageSurroundings {
    Connection &connection;
    ui::Theme &theme;
    ui::ProfileStore &profiles;
    QString workspace;     // folder; "" without one
    QString pictures;      // folder for pictures of sites
    QString journals;      // folder for unsaved edits
    QString configuration; // folder of preferences and profiles
};

// The pages of the signed-in person's role; the first one is shown first. Each is created when it is first
// shown.
ui::PageEntries pages_for(const PageSurroundings &surroundings);

} // namespace studio::app
