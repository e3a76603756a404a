// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_steps.h"

#include "media/asset_key.h"
#include "media/s3/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace studio::media::s3 {

namespace {

constexpr std::size_t most_purges = 50; // of one request to the CDN

// As the CDN's API names it: "companion-photos.fra1.digitaloceanspaces.com".
std::string origin_of(const models::BucketAddress &address) {
    const auto endpoint = models::parse_endpoint(address.endpoint);
    return address.bucket + "." + (endpoint ? endpoint->host : "");
}

Error no_token(const models::BucketAddress &address) {
    return {ErrorKind::WrongKeys,
            fmt::format("The copies at {} stay until they expire there. Set STUDIO_CDN_TOKEN to an API token "
                        "that may purge this CDN.",
                        address.public_url)};
}

Error no_endpoint(const models::BucketAddress &address) {
    return {ErrorKind::WrongPlace,
            fmt::format("The account of STUDIO_CDN_TOKEN has no CDN for {}. Use a token of the account that "
                        "the bucket belongs to, or choose the bucket's own address with \"companionctl store "
                        "set\" if {} is gone.",
                        origin_of(address), address.public_url)};
}

// What takes something away comes before everything else.
int urgency(const std::string &action) {
    return action == "remove" || action == "hide" ? 0 : 1;
}

} // namespace

StoreSteps::StoreSteps(AssetStore &folder) : m_local(folder) {}

StoreSteps::StoreSteps(AssetStore &local_copies, CopyTarget bucket, std::string cdn_token, CdnOptions cdn)
    : m_local(local_copies), m_target(std::move(bucket)), m_cdn_token(std::move(cdn_token)),
      m_cdn_options(std::move(cdn)) {}

std::string StoreSteps::carry_out(const StoreStep &step) {
    if (step.action != "remove" && step.action != "hide" && step.action != "show" && step.action != "purge") {
        return fmt::format("This program does not know the step \"{}\". Install the newest version.",
                           step.action);
    }
    try {
        if (step.action == "remove") {
            m_local.remove(step.key);
        }
        if (m_target) {
            carry_out_in_bucket(step);
        }
    } catch (const std::exception &error) {
        return error.what();
    }
    return {};
}

void StoreSteps::carry_out_all(const std::vector<StoreStep> &steps,
                               const std::function<bool(std::size_t)> &is_due,
                               const std::function<void(std::size_t, const std::string &problem)> &ended) {
    std::vector<std::size_t> order(steps.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t at) { return urgency(steps[at].action); });
    std::vector<std::size_t> purges;
    for (const std::size_t at : order) {
        if (steps[at].action == "purge") {
            purges.push_back(at);
        } else if (is_due(at)) {
            ended(at, carry_out(steps[at]));
        }
    }
    for (std::size_t from = 0; from < purges.size(); from += most_purges) {
        std::vector<std::size_t> batch(
            purges.begin() + static_cast<std::ptrdiff_t>(from),
            purges.begin() + static_cast<std::ptrdiff_t>(std::min(from + most_purges, purges.size())));
        std::erase_if(batch, [&](std::size_t at) { return !is_due(at); });
        std::vector<std::string> keys;
        for (const std::size_t at : batch) {
            keys.push_back(steps[at].key);
        }
        const std::string problem = purge(keys);
        for (const std::size_t at : batch) {
            ended(at, problem);
        }
    }
}

models::PhotoStore StoreSteps::place() const {
    return {m_target ? std::optional(m_target->address) : std::nullopt};
}

void StoreSteps::carry_out_in_bucket(const StoreStep &step) {
    if (step.action == "purge") {
        purge_now({step.key});
        return;
    }
    Bucket bucket(connection());
    if (step.action == "remove") {
        bucket.remove(step.key);
        return;
    }
    const auto object = bucket.head(step.key);
    if (!object && step.action == "hide") {
        return; // nobody can see it
    }
    if (!object) {
        throw Error(ErrorKind::Other, fmt::format("{} is not in the bucket. Send it with \"companionctl "
                                                  "photo reconcile TENANT --repair\".",
                                                  step.key));
    }
    ObjectFacts facts = facts_of(step.key, object->content_type);
    facts.is_public = facts.is_public && step.action == "show";
    bucket.replace_facts(step.key, facts);
}

std::string StoreSteps::purge(const std::vector<std::string> &keys) {
    try {
        if (m_target) {
            purge_now(keys);
        }
    } catch (const std::exception &error) {
        return error.what();
    }
    return {};
}

void StoreSteps::purge_now(const std::vector<std::string> &keys) {
    std::vector<std::string> seen;
    std::ranges::copy_if(keys, std::back_inserter(seen),
                         [](const auto &key) { return !is_private_key(key); });
    if (!models::has_cdn(m_target->address) || seen.empty()) {
        return;
    }
    if (m_cdn_token.empty()) {
        throw no_token(m_target->address);
    }
    Cdn cdn(m_cdn_token, m_cdn_options);
    if (!m_cdn_endpoint) {
        m_cdn_endpoint = cdn.endpoint_of(origin_of(m_target->address));
    }
    if (!m_cdn_endpoint) {
        throw no_endpoint(m_target->address);
    }
    cdn.purge(*m_cdn_endpoint, seen);
}

Connection &StoreSteps::connection() {
    if (!m_connection) {
        m_connection.emplace(m_target->address, m_target->credentials, m_target->options);
    }
    return *m_connection;
}

} // namespace studio::media::s3
