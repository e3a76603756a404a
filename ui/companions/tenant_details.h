// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/tenant_store.h"

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
TenantDetails load_details(db::Session &session, const std::string &id,
                           const std::filesystem::path &media_root);

// What stands between this companion and the public, each as a sentence; empty: she may go live. Says what
// the database's own gate says (db/schema/publishing.sql), before it has to.
QStringList missing_for_live(const TenantDetails &details);

} // namespace studio::ui
