// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/bucket.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace studio::media::s3 {

struct UploadOptions {
    std::uint64_t largest_single = 64ULL << 20; // in one request; larger files go in parts
    std::uint64_t part_size = 8ULL << 20;       // at least 5 MiB, by S3; more where 10,000 parts would not do
    std::filesystem::path records;              // a folder, made where there is none, for what is under way
    Progress progress;
};

struct Uploaded {
    std::uint64_t bytes = 0;
    std::uint64_t sent = 0; // less where parts were there from an upload before
};

// Stores the file under the key, whole or not at all. What was begun in parts and ended by a kill or a broken
// connection goes on where it stopped: of what is at the store only those parts are kept that are what the
// file has there. Throws Error; FileChanged where the file changes or vanishes meanwhile.
Uploaded upload_file(Connection &connection, const std::filesystem::path &file, const std::string &key,
                     const ObjectFacts &facts, const UploadOptions &options);

} // namespace studio::media::s3
