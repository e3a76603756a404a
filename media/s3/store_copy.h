// SPDX-License-Identifier: Apache-2.0
// All photos from the folder into a bucket, or back. What is there already is not sent again, so that a copy
// that was broken off goes on; nothing is removed at the place that they come from.
#pragma once

#include "media/asset_store.h"
#include "media/s3/bucket.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace studio::media::s3 {

struct CopyFailure {
    std::string key, message;
};

struct CopyResult {
    std::uint64_t copied = 0, present = 0; // assets
    std::uint64_t bytes = 0;               // of those that were copied
    std::vector<CopyFailure> failed;
};

// Of a photo's file: an original's, else of a picture on a page.
ObjectFacts facts_of(const std::string &key, const std::string &content_type);

// What connections are made with: one for each worker.
struct CopyTarget {
    models::BucketAddress address;
    Credentials credentials;
    ConnectionOptions options;
    int workers = 8;
};

// Each asset with the facts that `facts` says of its key, also where it is there already. An asset counts as
// there only after the store has said its length and, where it says one, its MD5. Throws Error where the
// bucket cannot be used at all.
CopyResult copy_to_bucket(AssetStore &from, const CopyTarget &to,
                          const std::function<ObjectFacts(const std::string &key)> &facts);

// Photos' files, with their originals; of other objects those that everybody may see, or might before a
// release ended. Each file is read back and compared.
CopyResult copy_to_folder(const CopyTarget &from, AssetStore &to);

} // namespace studio::media::s3
