// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/photo_sender.h"

#include "media/s3/upload.h"

#include <QCoreApplication>

namespace studio::ui {

namespace fs = std::filesystem;
using media::s3::Error;
using media::s3::ErrorKind;

std::vector<std::string> keys_of(const WaitingPhoto &photo) {
    std::vector<std::string> keys;
    for (const auto &file : photo.files) {
        keys.push_back(file.key);
    }
    return keys;
}

std::string missing_file(const WaitingPhoto &photo, const fs::path &media_root) {
    for (const auto &file : photo.files) {
        std::error_code problem;
        if (!fs::is_regular_file(media_root / file.key, problem)) {
            return QCoreApplication::translate(
                       "studio::ui::UploadQueue",
                       "The photo’s files are not on this computer. If it was added on another one, the "
                       "studio "
                       "there sends it. If its files were lost or deleted, add the photo again.")
                .toStdString();
        }
    }
    return {};
}

models::PhotoStore place_of(const std::optional<media::s3::CopyTarget> &bucket) {
    return {bucket ? std::optional(bucket->address) : std::nullopt};
}

media::s3::CopyTarget asked_once(media::s3::CopyTarget bucket, const std::stop_token &stop) {
    bucket.options.retry.attempts = 1;
    bucket.options.longest_silence = std::chrono::seconds(10);
    bucket.options.stop = stop;
    return bucket;
}

PhotoSender::PhotoSender(media::s3::CopyTarget target, fs::path media_root)
    : m_target(std::move(target)), m_media_root(std::move(media_root)) {}

PhotoSender::Outcome PhotoSender::send(UploadList::Item &item, const Progress &progress) {
    if (const auto missing = missing_file(item.photo, m_media_root); !missing.empty()) {
        return {Error(ErrorKind::FileChanged, missing), true};
    }
    try {
        send_files(item, progress);
    } catch (const Error &error) {
        const auto missing = missing_file(item.photo, m_media_root);
        if (error.kind() == ErrorKind::FileChanged && !missing.empty()) {
            return {Error(ErrorKind::FileChanged, missing), true};
        }
        return {error, false};
    } catch (const std::exception &error) {
        return {Error(ErrorKind::Other, error.what()), false};
    }
    return {};
}

void PhotoSender::send_files(UploadList::Item &item, const Progress &progress) {
    auto options = m_target.options;
    options.stop = item.stop.get_token();
    media::s3::Connection connection(m_target.address, m_target.credentials, options);
    std::uint64_t before = 0;
    media::s3::UploadOptions upload;
    upload.records = m_media_root / ".uploads";
    upload.progress = [&](std::uint64_t sent, std::uint64_t) {
        progress(item.upload.picture, before + sent);
    };
    for (const auto &file : item.photo.files) {
        if (item.stop.stop_requested()) {
            throw Error(ErrorKind::Canceled, "The upload was stopped.");
        }
        const auto facts = file.original ? media::s3::original_facts(file.content_type)
                                         : media::s3::derivative_facts(file.content_type);
        media::s3::upload_file(connection, m_media_root / file.key, file.key, facts, upload);
        before += file.bytes;
        progress(item.upload.picture, before);
    }
}

} // namespace studio::ui
