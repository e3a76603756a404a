// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "media/s3/store_copy.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace studio::ui {

// Files that are done, of how many; 0 where the number is not known.
using MoveProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

// All photos from the media folder to the bucket, or back, and the platform's setting after them. Nothing is
// removed where they come from. What is there already is not sent again, so that a move that was broken off
// goes on. Where a file fails the setting stays as it was, and the result names it. Waits; throws db::Error,
// media::Error and media::s3::Error.
media::s3::CopyResult move_to_bucket(db::Session &session, const std::filesystem::path &media_root,
                                     const media::s3::CopyTarget &bucket, const MoveProgress &progress);
media::s3::CopyResult move_to_folder(db::Session &session, const media::s3::CopyTarget &bucket,
                                     const std::filesystem::path &media_root);

} // namespace studio::ui
