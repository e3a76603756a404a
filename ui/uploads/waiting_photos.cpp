// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/waiting_photos.h"

#include "db/connection/error.h"
#include "db/stores/compliance_store.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/photo_releases.h"

#include <QDateTime>

#include <algorithm>
#include <set>

namespace studio::ui {

namespace {

bool counts_today(const db::PhotoRelease &release, const std::string &today) {
    return release.adult && (release.valid_from.empty() || release.valid_from <= today) &&
           (release.valid_until.empty() || today <= release.valid_until);
}

// Whether as many people as can be recognised agree today. False where this login may not know.
bool is_released(const std::vector<db::PhotoRelease> &releases, const db::LibraryPhoto &photo) {
    const std::string today = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toStdString();
    std::set<std::string> persons;
    for (const auto &release : releases) {
        if (models::picture_of(release.photo_url) != photo.picture) {
            continue;
        }
        if (!release.adult) {
            return false;
        }
        if (counts_today(release, today)) {
            persons.insert(release.person);
        }
    }
    return static_cast<int>(persons.size()) >= std::max(photo.people.value_or(1), 1);
}

std::vector<db::PhotoRelease> known_releases(db::Session &session, const models::TenantId &tenant) {
    try {
        return db::ComplianceStore(session).releases(tenant);
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Forbidden) {
            throw;
        }
        return {};
    }
}

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
        const auto releases = known_releases(session, tenant.id);
        for (const auto &photo : library.list(tenant.id)) {
            auto waits = waiting(tenant.id, photo);
            const bool is_there = waits.files.empty();
            if (!is_there &&
                (is_released(releases, photo) || !was_removed(library, tenant.id, photo.picture))) {
                found.push_back(std::move(waits));
            }
        }
    }
    return found;
}

} // namespace studio::ui
