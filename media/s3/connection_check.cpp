// SPDX-License-Identifier: Apache-2.0
#include "media/s3/connection_check.h"

#include "media/asset_key.h"
#include "media/s3/bucket.h"
#include "media/s3/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace studio::media::s3 {

namespace {

constexpr const char *content_type = "text/plain";

// Throws where the step failed.
using Work = std::function<void()>;

CheckStep step(const std::string &name, const Work &work) {
    try {
        work();
        return {name, CheckStep::Outcome::Passed, {}, {}};
    } catch (const Error &error) {
        return {name, CheckStep::Outcome::Failed, error.code(), error.what()};
    }
}

void check_head(Bucket &bucket, const std::string &key, const ObjectFacts &facts, std::size_t bytes) {
    const auto stored = bucket.head(key);
    if (!stored) {
        throw Error(ErrorKind::Other,
                    "The store said that the file was stored, but it is not there. Ask the store's "
                    "provider.");
    }
    if (stored->bytes != bytes || stored->content_type != facts.content_type ||
        stored->cache_control != facts.cache_control) {
        throw Error(
            ErrorKind::Other,
            fmt::format("The store kept the file with another length, type or caching: {} bytes, “{}”, “{}”. "
                        "Ask the store's provider.",
                        stored->bytes, stored->content_type, stored->cache_control));
    }
}

std::string advice(const HttpAnswer &answer, const std::string &url) {
    if (answer.fault == Fault::NoHost) {
        return fmt::format(
            "There is no host of the name in {}. Check the public address, and the CDN's domain.", url);
    }
    if (answer.fault == Fault::Certificate) {
        return fmt::format(
            "The certificate of {} is not valid. Set up the domain of the CDN, or use the bucket's own "
            "address as the public address.",
            url);
    }
    if (answer.fault != Fault::None) {
        return fmt::format("Nothing answered at {}. Check the public address.", url);
    }
    if (answer.status == 403 || answer.status == 401) {
        return fmt::format(
            "Visitors may not see {} ({}). Let the keys set the ACL “public-read”, and check that no "
            "rule of the bucket or of the CDN forbids reading.",
            url, answer.status);
    }
    if (answer.status == 404) {
        return fmt::format(
            "{} shows nothing (404). The public address belongs to another bucket, or it needs the "
            "bucket's name in it.",
            url);
    }
    return fmt::format("{} answered {} with something else. Check the public address.", url, answer.status);
}

void check_public(Connection &connection, const std::string &key, const std::string &content) {
    const HttpAnswer answer = connection.perform_anonymously(key);
    if (answer.fault != Fault::None || answer.status != 200 || answer.body != content) {
        throw Error(ErrorKind::Forbidden, advice(answer, models::public_address(connection.address(), key)),
                    {}, answer.status);
    }
}

} // namespace

bool ConnectionCheck::passed() const {
    return std::all_of(steps.begin(), steps.end(),
                       [](const CheckStep &each) { return each.outcome == CheckStep::Outcome::Passed; });
}

ConnectionCheck check_connection(Connection &connection) {
    Bucket bucket(connection);
    const std::string folder = new_folder();
    const std::string content = "Test of Companion Studio " + folder;
    const std::string key = key_of_content(folder, content, ".txt");
    const ObjectFacts facts = derivative_facts(content_type);
    ConnectionCheck check;
    check.steps.push_back(step("put", [&] { bucket.put(key, content, facts); }));
    const bool is_there = check.steps.front().outcome == CheckStep::Outcome::Passed;
    const std::vector<std::pair<std::string, Work>> others{
        {"head", [&] { check_head(bucket, key, facts, content.size()); }},
        {"public", [&] { check_public(connection, key, content); }},
        {"delete", [&] { bucket.remove(key); }}};
    for (const auto &[name, work] : others) {
        check.steps.push_back(is_there ? step(name, work)
                                       : CheckStep{name, CheckStep::Outcome::Skipped, {}, {}});
    }
    return check;
}

} // namespace studio::media::s3
