// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/share_link_store.h"
#include "ui/photos/release_state.h"

#include <QImage>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

// A photo of the live site or of the latest draft, and whether it may be shown.
struct PhotoItem {
    std::string url;
    QString title;
    bool published = false;
    std::vector<db::PhotoRelease> releases; // that were not withdrawn, of all sizes of the picture
    ReleaseState state;
    bool in_library = false;
    std::optional<int> people; // that can be recognised; nullopt: not entered yet
    bool paused = false, stored = true;
    bool may_be_shown() const { return state.released && !paused && stored; }
    QImage picture; // 72 × 54 at twice the resolution; null where the file is not on this machine
};

// Everything that the side panel shows of one companion, read together.
struct TenantDetails {
    models::Tenant tenant;
    int latest_revision = 0;
    std::optional<db::IdentityVerification> verification;
    std::vector<PhotoItem> photos;
    std::vector<db::ShareLink> share_links;
    bool keeps_originals = false; // whether originals of new photos are stored privately
};

// Call it on the worker's thread. Throws db::Error, with NotFound where there is no such companion.
TenantDetails load_details(db::Session &session, const models::TenantId &id,
                           const std::filesystem::path &media_root);

// What is missing before this companion can go live, as sentences; empty if nothing is. The rules are those
// of the go-live gate in db/schema/publishing.sql, so that a refusal is known before the attempt.
QStringList missing_for_live(const TenantDetails &details);

} // namespace studio::ui
