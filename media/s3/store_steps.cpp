// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_steps.h"

#include "media/asset_key.h"
#include "media/s3/error.h"

#include <fmt/format.h>

namespace studio::media::s3 {

namespace {

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

void StoreSteps::carry_out_in_bucket(const StoreStep &step) {
    if (step.action == "purge") {
        purge(step.key);
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

void StoreSteps::purge(const std::string &key) {
    if (!models::has_cdn(m_target->address) || is_private_key(key)) {
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
    cdn.purge(*m_cdn_endpoint, {key});
}

Connection &StoreSteps::connection() {
    if (!m_connection) {
        m_connection.emplace(m_target->address, m_target->credentials, m_target->options);
    }
    return *m_connection;
}

} // namespace studio::media::s3
