// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/share_link_store.h"

#include <QImage>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

// A photo that is on the site or in the newest draft, and whether its release is recorded.
struct PhotoItem {
    std::string url;
    QString title;
    bool published = false;
    std::optional<db::PhotoRelease> release;
    QImage picture; // 72 × 54 at twice the resolution; null where the file is not on this machine
};

// Everything that the side panel shows of one companion, read in one go.
struct TenantDetails {
    models::Tenant tenant;
    int latest_revision = 0;
    std::optional<db::IdentityVerification> verification;
    std::vector<PhotoItem> photos;
    std::vector<db::ShareLink> share_links;
};

// Runs on the worker's thread. Throws db::Error, NotFound where there is no such companion.
TenantDetails load_details(db::Session &session, const models::TenantId &id,
                           const std::filesystem::path &media_root);

// What is missing before this companion may go live, each as a sentence; empty for nothing. The same rules as
// the database's go-live gate (db/schema/publishing.sql), so that it is known before the attempt.
QStringList missing_for_live(const TenantDetails &details);

} // namespace studio::ui
