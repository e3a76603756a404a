// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/connection.h"
#include "media/s3/store_copy.h"
#include "models/values/photo_store.h"
#include "ui/uploads/upload_list.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace studio::ui {

std::vector<std::string> keys_of(const WaitingPhoto &photo);
// A sentence that names the file that the media folder does not have; "" where all are there.
std::string missing_file(const WaitingPhoto &photo, const std::filesystem::path &media_root);

// The folder where there is no bucket.
models::PhotoStore place_of(const std::optional<media::s3::CopyTarget> &bucket);
// For a question that nobody wants to wait for: no second attempt, and ten seconds of silence at most.
media::s3::CopyTarget asked_once(media::s3::CopyTarget bucket, const std::stop_token &stop);

// Sends photos one after the other over a connection of its own. For one thread.
class PhotoSender final {
public:
    using Progress = std::function<void(const std::string &picture, std::uint64_t sent)>;
    struct Outcome {
        std::optional<media::s3::Error> error; // nullopt: all files are at the store
        bool is_missing = false;
    };

    PhotoSender(media::s3::CopyTarget target, std::filesystem::path media_root);

    // All files of the photo that are missing at the store. Ends early where item.stop is asked for.
    Outcome send(UploadList::Item &item, const Progress &progress);

private:
    void send_files(UploadList::Item &item, const Progress &progress);

    media::s3::CopyTarget m_target;
    std::filesystem::path m_media_root;
};

} // namespace studio::ui
