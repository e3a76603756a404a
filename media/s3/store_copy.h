// SPDX-License-Identifier: Apache-2.0
// What is said of photos' files in a bucket, and where they are copied to.
#pragma once

#include "media/s3/bucket.h"

#include <string>
#include <string_view>

namespace studio::media::s3 {

struct CopyFailure {
    std::string key, message;
};

// "image/webp" for "….webp"; "application/octet-stream" for endings that no photo has.
std::string content_type_of(const std::string &key);
// Kept as it came, for nobody without keys: "<media folder>/originals/…".
bool is_original(std::string_view key);
// Of a photo's file: an original's, else of a picture on a page.
ObjectFacts facts_of(const std::string &key, const std::string &content_type);

// What connections are made with: one for each worker.
struct CopyTarget {
    models::BucketAddress address;
    Credentials credentials;
    ConnectionOptions options;
    int workers = 8;
};

} // namespace studio::media::s3
