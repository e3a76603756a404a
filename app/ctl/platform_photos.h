// SPDX-License-Identifier: Apache-2.0
// The platform's photos in its store, which is a folder or a bucket.
#pragma once

#include "app/ctl/commands/command.h"
#include "db/stores/photo_library.h"
#include "media/local_asset_store.h"
#include "media/s3/store_copy.h"
#include "media/s3/store_steps.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::ctl {

// The bucket's keys, from the environment. Throws CommandFailure where there are none.
media::s3::Credentials bucket_credentials();

// Throws CommandFailure where a restore left open whether the photo store belongs to this installation.
void require_confirmed_store(Context &context);

struct SentPhotos {
    std::vector<std::string> stored;          // keys, but for those that nobody may see by now
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
    const models::PhotoStore &store() const { return m_store; }
    // The local media folder, into which photos are imported wherever the platform stores them.
    media::LocalAssetStore &folder() { return m_folder; }
    // The platform's bucket as the target of copies. Throws CommandFailure if there is no key.
    media::s3::CopyTarget bucket(int attempts = 3) const;

    // Sends the companion's files that are not stored yet, or those of one picture, and notes them as stored.
    // What nobody may see is not sent. Throws CommandFailure where something is to be sent and the store is
    // not confirmed.
    SentPhotos send(const models::TenantId &tenant, const std::string &picture = {});
    // Carries out all steps that are due, of all companions. Throws CommandFailure before any is claimed
    // where there is no key.
    std::vector<StepOutcome> carry_out_steps();

private:
    SentPhotos send_to_bucket(const std::vector<db::LibraryPhoto> &photos) const;
    // Notes what has come to the store, and takes out what must not be there by now.
    void note_stored(const models::TenantId &tenant, const std::vector<db::LibraryPhoto> &photos,
                     SentPhotos &sent);
    void leave_former(const std::vector<std::string> &keys, SentPhotos &sent);
    media::s3::StoreSteps store_steps();

    Context &m_context;
    models::PhotoStore m_store;
    media::LocalAssetStore m_folder;
};

// "removed", "hidden", "shown", "purged from the CDN".
std::string done_word(const std::string &action);

} // namespace studio::ctl
