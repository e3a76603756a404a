// SPDX-License-Identifier: Apache-2.0
// All photos of the platform from one store to another: the folder, or a bucket. What is there already is not
// sent again, so that a move that was broken off goes on.
#pragma once

#include "media/asset_store.h"
#include "media/s3/store_copy.h"
#include "models/values/store_contents.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace studio::media::s3 {

// Files that are done, of how many.
using MoveProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

struct StoreMove {
    AssetStore &folder;             // where photos' files begin; the other store where a bucket is missing
    std::optional<CopyTarget> from; // the bucket that is the platform's store; nullopt: the folder, or the
                                    // same bucket as `to`
    std::optional<CopyTarget> to;   // nullopt: the folder
    std::function<models::StoreContents()> wanted; // what the store must have, as it is known now
    std::function<void()> choose;                  // changes the platform's setting
    MoveProgress progress = {};                    // called by several threads
    std::stop_token stop = {};                     // before the setting was changed, and while closing
};

struct MoveResult {
    std::uint64_t copied = 0, present = 0; // files
    std::uint64_t bytes = 0;               // of those that were copied
    bool chosen = false;                   // the setting was changed
    std::vector<CopyFailure> failed;       // not at the new store: while there are any, the setting stays
    std::vector<CopyFailure> left;         // what came during the move and could not be brought after it
    std::uint64_t closed = 0;              // objects of the former bucket that nobody can see any more
    std::vector<CopyFailure> open;         // of the former bucket, that everybody may still see
};

// Copies all files, also those that come meanwhile, changes the setting once none is missing at the new
// place, hides there what nobody may see by then, and closes the former bucket. Only files that are wanted
// are copied; each is compared with its original. Throws what `wanted` and `choose` throw, and Error where a
// bucket cannot be used at all or the move was stopped: then the setting is as it was. Once it was changed
// nothing is thrown.
MoveResult move_store(const StoreMove &move);

struct ClosedBucket {
    std::uint64_t closed = 0;
    std::vector<CopyFailure> open;
};

// Makes every object below these folders private. Repeating does no harm. Throws Error where the bucket
// cannot be used at all.
ClosedBucket close_bucket(const CopyTarget &bucket, const std::vector<std::string> &folders);

} // namespace studio::media::s3
