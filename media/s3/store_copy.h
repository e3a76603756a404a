// SPDX-License-Identifier: Apache-2.0
// What is said of photos' files in a bucket, and where they are copied to.
#pragma once

#include "media/s3/bucket.h"

#include <string>

namespace studio::media::s3 {

struct CopyFailure {
    std::string key, message;
};

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
