// SPDX-License-Identifier: Apache-2.0
// The platform's photos where they lie: in its folder, or in its bucket.
#pragma once

#include "app/ctl/commands/command.h"
#include "db/stores/photo_library.h"
#include "media/local_asset_store.h"
#include "media/s3/store_copy.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::ctl {

// The bucket's keys, from the environment. Throws CommandFailure where there are none.
media::s3::Credentials bucket_credentials();

// Throws CommandFailure where a restore left open whether the photo store belongs to this installation.
void require_confirmed_store(Context &context);

struct SentPhotos {
    std::vector<std::string> stored;          // keys
    std::uint64_t bytes = 0;                  // of them
    std::vector<media::s3::CopyFailure> left; // not stored, and why
};

struct StepOutcome {
    db::PhotoStep step;
    std::string problem; // "" where it is done
};

class PlatformPhotos final {
public:
    explicit PlatformPhotos(Context &context);

    bool in_bucket() const { return m_store.bucket.has_value(); }
    // The files of photos begin here wherever the platform keeps them.
    media::LocalAssetStore &folder() { return m_folder; }
    // Throws CommandFailure where there is no key.
    media::s3::CopyTarget bucket(int attempts = 3) const;

    // Sends the companion's files that are not stored yet, or those of one picture, and notes them as stored.
    SentPhotos send(const models::TenantId &tenant, const std::string &picture = {});
    // Carries out all steps that are due, of all companions. Throws CommandFailure before any is claimed
    // where there is no key.
    std::vector<StepOutcome> carry_out_steps();

private:
    SentPhotos send_to_bucket(const models::TenantId &tenant,
                              const std::vector<db::LibraryPhoto> &photos) const;

    Context &m_context;
    models::PhotoStore m_store;
    media::LocalAssetStore m_folder;
};

// "removed", "hidden", "shown", "purged from the CDN".
std::string done_word(const std::string &action);

} // namespace studio::ctl
