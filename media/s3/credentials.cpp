// SPDX-License-Identifier: Apache-2.0
#include "media/s3/credentials.h"

#include <cstdlib>

namespace studio::media::s3 {

std::optional<Credentials> credentials_in_environment() {
    const char *key = std::getenv("STUDIO_S3_KEY"), *secret = std::getenv("STUDIO_S3_SECRET");
    if (!key || !*key || !secret || !*secret) {
        return std::nullopt;
    }
    return Credentials{key, secret};
}

} // namespace studio::media::s3
