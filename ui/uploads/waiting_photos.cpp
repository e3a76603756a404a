// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/waiting_photos.h"

#include "db/stores/compliance_store.h"
#include "db/stores/tenant_store.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace studio::ui {

namespace {

WaitingPhoto waiting(const models::TenantSummary &tenant, const db::LibraryPhoto &photo) {
    WaitingPhoto waits{tenant.id, photo.picture, photo.photo.alt, {}, tenant.name, {}};
    std::ranges::copy_if(photo.files, std::back_inserter(waits.files),
                         [](const db::LibraryFile &file) { return !file.stored; });
    if (waits.name.empty()) {
        waits.name =
            QCoreApplication::translate("studio::ui::UploadQueue", "Photo without alt text").toStdString();
    }
    std::uint64_t smallest = 0;
    for (const auto &file : photo.files) { // AVIF takes longest to read
        if (!file.original && file.content_type != "image/avif" && (smallest == 0 || file.bytes < smallest)) {
            smallest = file.bytes;
            waits.small_file = file.key;
        }
    }
    return waits;
}

} // namespace

std::vector<WaitingPhoto> waiting_photos(db::Session &session) {
    db::PhotoLibrary library(session);
    const auto withdrawn = db::ComplianceStore(session).withdrawn_photos();
    const std::set<std::string> withheld(withdrawn.begin(), withdrawn.end());
    std::vector<WaitingPhoto> found;
    for (const auto &tenant : db::TenantStore(session).list()) {
        if (library.not_stored(tenant.id).empty()) {
            continue;
        }
        for (const auto &photo : library.list(tenant.id)) {
            auto waits = waiting(tenant, photo);
            if (!waits.files.empty() && !withheld.contains(photo.picture)) {
                found.push_back(std::move(waits));
            }
        }
    }
    return found;
}

} // namespace studio::ui
