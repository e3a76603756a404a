// SPDX-License-Identifier: Apache-2.0
// What should be in the store compared with what is there, and repaired where somebody asks for it.
#pragma once

#include "base/time.h"
#include "media/local_asset_store.h"
#include "media/s3/store_copy.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace studio::media::s3 {

struct ExpectedObject {
    std::string key, content_type;
    std::uint64_t bytes = 0; // 0: not known
    bool is_public = false;
    bool may_be_missing = false; // taken down, so that the store may have it or not
};

// What should be there, as it is known now: asked again before each repair and removal, by one thread at a
// time.
using Expected = std::function<std::vector<ExpectedObject>()>;

struct ReconcileOptions {
    bool repair = false;
    base::Time now = base::now();
};

// Keys, in order.
struct Reconciliation {
    std::vector<std::string> missing;                  // should be there
    std::vector<std::string> orphan;                   // nothing needs it, and it is older than a day
    std::vector<std::string> wrong_acl, wrong_caching; // of a bucket; caching with the content type
    std::vector<std::string> damaged;                  // another length or content
    struct Unrepaired {
        std::string key, reason;
    };
    std::vector<Unrepaired> unrepaired; // with ReconcileOptions::repair
    std::vector<std::string> stored;    // by the repair
    std::vector<std::string> lost;      // missing, and the repair found no copy

    bool all_right() const;
};

// Orphans are looked for in `media_folder` alone. Missing and damaged objects are repaired from
// `local_copies`, unless they were taken down meanwhile. Throws Error where the bucket cannot be asked; then
// nothing was changed.
Reconciliation reconcile_bucket(const CopyTarget &bucket, AssetStore &local_copies,
                                const std::string &media_folder, const Expected &expected,
                                const ReconcileOptions &options = {});

// The folder that the public service serves: who may see a file and for how long it is kept is up to that
// service. What is missing or damaged must be added again. Throws media::Error.
Reconciliation reconcile_folder(LocalAssetStore &folder, const std::string &media_folder,
                                const Expected &expected, const ReconcileOptions &options = {});

} // namespace studio::media::s3
