// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/store_move.h"

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/tenant_store.h"
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "models/tenant/photo_releases.h"

#include <atomic>
#include <map>
#include <set>
#include <string>

namespace studio::ui {

namespace {

using media::s3::ObjectFacts;

// What the libraries say of files.
struct KnownFiles {
    std::map<std::string, db::LibraryFile> files; // by key
    std::set<std::string> hidden;                 // pictures that nobody may see for now
};

KnownFiles known_files(db::Session &session) {
    KnownFiles known;
    db::PhotoLibrary library(session);
    for (const auto &tenant : db::TenantStore(session).list()) {
        for (const auto &photo : library.list(tenant.id)) {
            for (const auto &file : photo.files) {
                known.files.emplace(file.key, file);
            }
            if (photo.paused) {
                known.hidden.insert(photo.picture);
            }
        }
    }
    for (const auto &url : db::ComplianceStore(session).withdrawn_photos()) {
        known.hidden.insert(models::picture_of(url));
    }
    return known;
}

ObjectFacts facts_of(const KnownFiles &known, const std::string &key) {
    const auto file = known.files.find(key);
    auto facts = media::s3::facts_of(key, file == known.files.end() ? media::content_type_of_key(key)
                                                                    : file->second.content_type);
    facts.is_public = facts.is_public && !known.hidden.contains(models::picture_of("/media/" + key));
    return facts;
}

} // namespace

media::s3::CopyResult move_to_bucket(db::Session &session, const std::filesystem::path &media_root,
                                     const media::s3::CopyTarget &bucket, const MoveProgress &progress) {
    media::LocalAssetStore folder(media_root);
    const auto known = known_files(session);
    const std::uint64_t total = folder.list({}).size();
    std::atomic<std::uint64_t> done{0};
    const auto copy = [&] {
        return media::s3::copy_to_bucket(folder, bucket, [&](const std::string &key) {
            progress(std::min<std::uint64_t>(++done, total), total);
            return facts_of(known, key);
        });
    };
    auto result = copy();
    if (!result.failed.empty()) {
        return result;
    }
    db::PlatformStore(session).set_photo_store({bucket.address});
    const auto late = copy(); // what was added to the folder meanwhile
    result.copied += late.copied;
    result.bytes += late.bytes;
    result.failed = late.failed;
    return result;
}

media::s3::CopyResult move_to_folder(db::Session &session, const media::s3::CopyTarget &bucket,
                                     const std::filesystem::path &media_root) {
    media::LocalAssetStore folder(media_root);
    auto result = media::s3::copy_to_folder(bucket, folder);
    if (!result.failed.empty()) {
        return result;
    }
    db::PlatformStore(session).set_photo_store({});
    const auto late = media::s3::copy_to_folder(bucket, folder);
    result.copied += late.copied;
    result.bytes += late.bytes;
    result.failed = late.failed;
    return result;
}

} // namespace studio::ui
