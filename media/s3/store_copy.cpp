// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_copy.h"

#include "media/asset_key.h"
#include "media/s3/digest.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "media/s3/workers.h"

#include <map>
#include <mutex>
#include <optional>
#include <string_view>

namespace studio::media::s3 {

namespace {

// Of an object that was stored in one request.
bool has_content(std::uint64_t bytes, const std::string &etag, const std::string &content) {
    const std::string sum = bare_etag(etag);
    return bytes == content.size() && (sum.size() != 32 || sum == hex(md5(content)));
}

// Does `work` for each item, in several threads with a connection each, and gathers what became of it.
class Workers final {
public:
    enum class Done { Copied, Present, LeftOut };
    struct Outcome {
        Done done = Done::LeftOut;
        std::uint64_t bytes = 0;
    };
    using Work = std::function<Outcome(Bucket &, const std::string &key)>;

    Workers(const CopyTarget &target, std::vector<std::string> keys, Work work)
        : m_target(target), m_keys(std::move(keys)), m_work(std::move(work)) {}

    CopyResult run() {
        for_each_key(
            m_target, m_keys,
            [this](Connection &connection, const std::string &key) {
                Bucket bucket(connection);
                note(m_work(bucket, key));
            },
            [this](const std::string &key, const std::string &message) {
                const std::scoped_lock lock(m_mutex);
                m_result.failed.push_back({key, message});
            });
        return m_result;
    }

private:
    void note(const Outcome &outcome) {
        const std::scoped_lock lock(m_mutex);
        m_result.copied += outcome.done == Done::Copied ? 1 : 0;
        m_result.present += outcome.done == Done::Present ? 1 : 0;
        m_result.bytes += outcome.bytes;
    }

    const CopyTarget &m_target;
    const std::vector<std::string> m_keys;
    const Work m_work;
    std::mutex m_mutex;
    CopyResult m_result;
};

// By key.
std::map<std::string, ListedObject> objects_of(const CopyTarget &target) {
    Connection connection(target.address, target.credentials, target.options);
    std::map<std::string, ListedObject> objects;
    Bucket(connection).list("", [&](const ListedObject &object) {
        objects[object.key] = object;
        return true;
    });
    return objects;
}

Error not_kept(const std::string &key) {
    return {ErrorKind::Other, "“" + key + "” was copied, but the copy has another content. Copy it again."};
}

} // namespace

ObjectFacts facts_of(const std::string &key, const std::string &content_type) {
    return is_private_key(key) ? original_facts(content_type) : derivative_facts(content_type);
}

CopyResult copy_to_bucket(AssetStore &from, const CopyTarget &to,
                          const std::function<ObjectFacts(const std::string &key)> &facts) {
    const auto there = objects_of(to);
    std::vector<std::string> keys;
    for (const Asset &asset : from.list("")) {
        keys.push_back(asset.key);
    }
    return Workers(to, keys,
                   [&](Bucket &bucket, const std::string &key) -> Workers::Outcome {
                       const auto content = from.read(key);
                       if (!content) {
                           return {}; // removed meanwhile
                       }
                       const auto object = there.find(key);
                       if (object != there.end() &&
                           has_content(object->second.bytes, object->second.etag, *content)) {
                           bucket.replace_facts(key, facts(key));
                           return {Workers::Done::Present, 0};
                       }
                       bucket.put(key, *content, facts(key));
                       const auto stored = bucket.head(key);
                       if (!stored || !has_content(stored->bytes, stored->etag, *content)) {
                           throw not_kept(key);
                       }
                       return {Workers::Done::Copied, content->size()};
                   })
        .run();
}

CopyResult copy_to_folder(const CopyTarget &from, AssetStore &to) {
    std::vector<std::string> keys;
    for (const auto &[key, object] : objects_of(from)) {
        if (!key_segments(key).empty()) {
            keys.push_back(key);
        }
    }
    const std::string private_caching = original_facts({}).cache_control;
    return Workers(from, keys,
                   [&](Bucket &bucket, const std::string &key) -> Workers::Outcome {
                       const auto object = bucket.head(key);
                       if (!object || (object->cache_control == private_caching && !is_private_key(key))) {
                           return {};
                       }
                       if (const auto kept = to.read(key);
                           kept && has_content(object->bytes, object->etag, *kept)) {
                           return {Workers::Done::Present, 0};
                       }
                       const auto content = bucket.get(key);
                       if (!content) {
                           return {};
                       }
                       to.put(key, *content, object->content_type);
                       if (!has_content(object->bytes, object->etag, *content) || to.read(key) != content) {
                           throw not_kept(key);
                       }
                       return {Workers::Done::Copied, content->size()};
                   })
        .run();
}

} // namespace studio::media::s3
