// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"

#include <string>
#include <vector>

namespace studio::ui {

// A photo whose files the platform's store does not have yet.
struct WaitingPhoto {
    models::TenantId tenant;
    std::string picture;
    std::string name;                   // for people: the alt text, or that there is none
    std::vector<db::LibraryFile> files; // that are not stored
    std::string companion = {};         // her name
    std::string small_file = {};        // key of a small picture of it; "" for none
};

// Of all companions that the login sees. What nobody may see (paused, taken down, a release withdrawn or
// over) is left out until it may be shown again. Throws db::Error.
std::vector<WaitingPhoto> waiting_photos(db::Session &session);

} // namespace studio::ui
