// SPDX-License-Identifier: Apache-2.0
// The purge of DigitalOcean's CDN, which is no part of S3:
// https://docs.digitalocean.com/reference/api/digitalocean/#tag/CDN-Endpoints
#pragma once

#include "media/s3/backoff.h"
#include "media/s3/http.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace studio::media::s3 {

struct CdnOptions {
    std::string api = "https://api.digitalocean.com";
    RetryRule retry{6, std::chrono::milliseconds{2'000}, std::chrono::milliseconds{30'000}};
    std::stop_token stop;
};

// Keys of photos that are taken down go from the CDN's caches. The objects must be removed first, or the CDN
// reads them again.
class Cdn final {
public:
    // `token` is an API token with the right to read and purge CDN endpoints.
    explicit Cdn(std::string token, CdnOptions options = {});

    // The endpoint whose origin is that bucket, "companion-photos.fra1.digitaloceanspaces.com"; nullopt where
    // the Space has no CDN. Throws Error.
    std::optional<std::string> endpoint_of(const std::string &origin);
    // Any number of keys, in requests of 50 at most. Throws Error; keys of requests before stay purged, and
    // doing it again does no harm.
    void purge(const std::string &endpoint, const std::vector<std::string> &keys);

private:
    HttpAnswer perform(const std::string &method, const std::string &path, const std::string &body);

    std::string m_token;
    CdnOptions m_options;
    Http m_http;
};

} // namespace studio::media::s3
