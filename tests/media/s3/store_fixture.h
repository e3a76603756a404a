// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/bucket.h"
#include "media/s3/connection.h"

#include <filesystem>
#include <string>

namespace studio::media::s3 {

// A bucket of this name at the tests' radosgw, made where there is none; path style.
models::BucketAddress bucket_at_radosgw(const std::string &name);
Credentials radosgw_keys();

// Retries at once, so that tests of failures are short.
ConnectionOptions hasty(int attempts = 3);

// A file of that many bytes that hardly compress, in the test program's scratch folder.
std::filesystem::path sample_file(const std::string &name, std::uint64_t bytes, unsigned int seed = 1);
std::filesystem::path scratch_folder();
std::string content_of(const std::filesystem::path &file);

} // namespace studio::media::s3
