// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/waiting_photos.h"

#include "db/stores/tenant_store.h"

#include <algorithm>

namespace studio::ui {

namespace {

bool was_removed(db::PhotoLibrary &library, const models::TenantId &tenant, const std::string &picture) {
    const auto steps = library.steps(tenant, picture);
    return std::ranges::any_of(steps, [](const db::PhotoStep &step) { return step.action == "remove"; });
}

WaitingPhoto waiting(const models::TenantId &tenant, const db::LibraryPhoto &photo) {
    WaitingPhoto waits{tenant, photo.picture, photo.photo.alt, photo.paused, {}};
    std::ranges::copy_if(photo.files, std::back_inserter(waits.files),
                         [](const db::LibraryFile &file) { return !file.stored; });
    if (waits.name.empty()) {
        waits.name = photo.picture.substr(photo.picture.rfind('/') + 1);
    }
    return waits;
}

} // namespace

std::vector<WaitingPhoto> waiting_photos(db::Session &session) {
    db::PhotoLibrary library(session);
    std::vector<WaitingPhoto> found;
    for (const auto &tenant : db::TenantStore(session).list()) {
        if (library.not_stored(tenant.id).empty()) {
            continue;
        }
        const auto states = library.states(tenant.id);
        for (const auto &photo : library.list(tenant.id)) {
            auto waits = waiting(tenant.id, photo);
            const bool is_there = waits.files.empty();
            const auto state = states.find(photo.picture);
            const bool agreed = state != states.end() && state->second.agreed;
            if (!is_there && (agreed || !was_removed(library, tenant.id, photo.picture))) {
                found.push_back(std::move(waits));
            }
        }
    }
    return found;
}

} // namespace studio::ui
