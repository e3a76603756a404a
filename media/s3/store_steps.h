// SPDX-License-Identifier: Apache-2.0
// What a takedown, a pause and a resume do where the platform keeps its photos.
#pragma once

#include "media/asset_store.h"
#include "media/s3/cdn.h"
#include "media/s3/store_copy.h"

#include <optional>
#include <string>

namespace studio::media::s3 {

struct StoreStep {
    std::string action; // "remove", "hide" or "show" at the store, "purge" at the CDN
    std::string key;    // "<media folder>/…"
};

// One platform store: a folder, or a bucket with its CDN. For one thread.
class StoreSteps final {
public:
    // The public service does not answer for hidden pictures of the folder, so that only "remove" has
    // something to do there.
    explicit StoreSteps(AssetStore &folder);
    // `cdn_token` may purge the CDN of the bucket; "" without one, and then a purge is a problem unless
    // visitors see the bucket itself.
    StoreSteps(AssetStore &local_copies, CopyTarget bucket, std::string cdn_token, CdnOptions cdn = {});

    // "" when it is done, else what went wrong and what to do. Repeating does no harm. "remove" removes the
    // local copy too.
    std::string carry_out(const StoreStep &step);

private:
    void carry_out_in_bucket(const StoreStep &step);
    void purge(const std::string &key);
    Connection &connection();

    AssetStore &m_local;
    std::optional<CopyTarget> m_target;
    std::string m_cdn_token;
    CdnOptions m_cdn_options;
    std::optional<Connection> m_connection;
    std::optional<std::string> m_cdn_endpoint; // once it was asked for
};

} // namespace studio::media::s3
