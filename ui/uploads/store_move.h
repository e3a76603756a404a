// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "media/s3/store_move.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>

namespace studio::ui {

struct MovePlaces {
    std::filesystem::path media_root;
    std::optional<media::s3::CopyTarget> from; // the former bucket, which is closed; nullopt: the folder
    std::optional<media::s3::CopyTarget> to;   // nullopt: the folder
};

struct MoveOutcome {
    std::int64_t open_steps = 0; // of takedowns and pauses: while there are any, nothing is moved
    media::s3::MoveResult result;
};

// All photos, and the platform's setting after them, as media::s3::move_store() does it. Waits; throws
// db::Error, media::Error and media::s3::Error, and then the setting is as it was.
MoveOutcome move_photos(db::Session &session, const MovePlaces &places,
                        const media::s3::MoveProgress &progress, const std::stop_token &stop);

} // namespace studio::ui
