// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"
#include "media/s3/store_copy.h"
#include "models/values/photo_store.h"

#include <string>
#include <vector>

namespace studio::ui {

// Files that were still sent to a bucket when another store was chosen. Nobody may see them there: a move has
// made everything else of that bucket private. For one thread.
class FormerPlaces final {
public:
    void add(const media::s3::CopyTarget &bucket, const std::vector<std::string> &keys);
    // Makes them private there, but for those of a bucket that is the platform's store again. What fails is
    // tried again by the next call. Gives "" or the last problem. Local copies stay.
    std::string hide(media::AssetStore &local_copies, const models::PhotoStore &present);

private:
    struct File {
        media::s3::CopyTarget bucket;
        std::string key;
    };

    std::vector<File> m_files;
};

} // namespace studio::ui
