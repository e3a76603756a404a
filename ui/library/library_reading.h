// SPDX-License-Identifier: Apache-2.0
// A companion's photos with all that the page says of them, as read in one go.
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "models/tenant/photo_uses.h"
#include "models/tenant/tenant.h"

#include <string>
#include <vector>

namespace studio::ui {

struct LibraryEntry {
    db::LibraryPhoto photo;
    std::vector<models::PhotoUse> uses;
    std::vector<db::PhotoRelease> releases; // that were not withdrawn, also those of other days
    db::PictureState state;                 // whether it may be shown
    std::string used_alt;                   // the alt text that it has in the draft; "" for none
    bool has_steps = false;                 // of a takedown, a pause, a resume or a withdrawn release
    std::string ends;                       // the first last day within 30 days, "2027-03-01"; "" for none

    int people() const { return photo.people.value_or(1); }
    bool is_released() const { return state.agreed; }
    int missing_releases() const;
    bool is_in_test() const;
    bool needs_alt() const;
    bool is_too_small() const;
};

inline constexpr int smallest_good_width = 1280; // pixels
inline constexpr int reminder_days = 30;

struct LibraryReading {
    std::vector<models::TenantSummary> tenants;
    models::TenantId tenant; // empty where there is no companion
    std::string tenant_name, media_folder;
    bool keeps_originals = false; // the page asks for it
    std::vector<LibraryEntry> entries;
    models::Hero hero; // of the newest draft
    int draft_revision = 0;
    std::string running_test; // name of the test of the hero photo that runs or is paused; "" for none
};

// `wanted` empty: the first companion. Throws db::Error.
LibraryReading read_library(db::Session &session, const models::TenantId &wanted);

} // namespace studio::ui
