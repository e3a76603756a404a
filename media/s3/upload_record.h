// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/answers.h"
#include "models/values/photo_store.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::media::s3 {

// An upload in parts that is under way, in a file of its own: what is needed to go on after a kill. No keys,
// no secrets.
struct UploadRecord {
    std::string upload_id;
    std::uint64_t file_bytes = 0, part_size = 0;
    std::vector<Part> parts; // those that the store has acknowledged
};

class UploadRecords final {
public:
    explicit UploadRecords(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    // nullopt where there is none, or where it cannot be read.
    std::optional<UploadRecord> read(const models::BucketAddress &address, const std::string &key) const;
    // On the disk when it returns. Throws Error.
    void write(const models::BucketAddress &address, const std::string &key,
               const UploadRecord &record) const;
    void remove(const models::BucketAddress &address, const std::string &key) const;

private:
    std::filesystem::path file_of(const models::BucketAddress &address, const std::string &key) const;

    std::filesystem::path m_folder;
};

} // namespace studio::media::s3
