// SPDX-License-Identifier: Apache-2.0
// What a takedown, a pause and a resume do where the platform keeps its photos.
#pragma once

#include "media/asset_store.h"
#include "media/s3/cdn.h"
#include "media/s3/store_copy.h"
#include "models/values/photo_store.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

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
    // Several, each named by its place in `steps`: first what removes and hides, then what shows, at last the
    // purges, up to 50 in one request. `is_due` is asked right before each and may say that the step is
    // somebody else's by now; it is left then. `ended` is told of every other step, as carry_out() answers.
    void carry_out_all(const std::vector<StoreStep> &steps, const std::function<bool(std::size_t)> &is_due,
                       const std::function<void(std::size_t, const std::string &problem)> &ended);

    models::PhotoStore place() const;

private:
    void carry_out_in_bucket(const StoreStep &step);
    // "" or the problem.
    std::string purge(const std::vector<std::string> &keys);
    void purge_now(const std::vector<std::string> &keys);
    Connection &connection();

    AssetStore &m_local;
    std::optional<CopyTarget> m_target;
    std::string m_cdn_token;
    CdnOptions m_cdn_options;
    std::optional<Connection> m_connection;
    std::optional<std::string> m_cdn_endpoint; // once it was asked for
};

} // namespace studio::media::s3
