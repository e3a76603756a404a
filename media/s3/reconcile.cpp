// SPDX-License-Identifier: Apache-2.0
#include "media/s3/reconcile.h"

#include "media/s3/digest.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "media/s3/workers.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace studio::media::s3 {

namespace {

constexpr std::chrono::hours youngest_orphan{24};
constexpr std::ptrdiff_t longest_batch = 50; // so that what is decided meanwhile follows within seconds
constexpr std::size_t sum_length = 32;       // of an MD5 in hex: the ETag of what came in one request

const char *no_copy = "There is no whole copy of it on this machine: add the photo again, or run this where "
                      "the media folder has it.";

const char *only_place = "The folder is the only place it was in: add the photo again.";

using Expectations = std::map<std::string, ExpectedObject>;

Expectations by_key(const std::vector<ExpectedObject> &expected) {
    Expectations all;
    for (const ExpectedObject &each : expected) {
        all[each.key] = each;
    }
    return all;
}

// "2026-12-01T07:12:09": as the store writes moments, which sorts by time.
std::string moment(base::Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}",
                       fmt::gmtime(static_cast<std::time_t>(seconds.time_since_epoch().count())));
}

void sort(Reconciliation &found) {
    for (auto *keys : {&found.missing, &found.orphan, &found.wrong_acl, &found.wrong_caching, &found.damaged,
                       &found.stored, &found.lost}) {
        std::sort(keys->begin(), keys->end());
    }
}

// One comparison of a bucket.
class BucketReconciler final {
public:
    BucketReconciler(const CopyTarget &bucket, AssetStore &local_copies, std::string media_folder,
                     const Expected &expected)
        : m_bucket(bucket), m_local(local_copies), m_folder(std::move(media_folder) + "/"), m_ask(expected),
          m_expected(by_key(expected())) {}

    Reconciliation run(const ReconcileOptions &options) {
        const auto there = objects();
        std::vector<std::string> present;
        for (const auto &[key, object] : m_expected) {
            if (there.contains(key)) {
                present.push_back(key);
            } else if (!object.may_be_missing) {
                m_found.missing.push_back(key);
            }
        }
        const std::string limit = moment(options.now - youngest_orphan);
        for (const auto &[key, object] : there) {
            const bool is_old = !object.modified.empty() && object.modified < limit;
            if (!m_expected.contains(key) && key.starts_with(m_folder) && is_old) {
                m_found.orphan.push_back(key);
            }
        }
        compare(present, there);
        if (options.repair) {
            repair();
        }
        sort(m_found);
        return std::move(m_found);
    }

private:
    // What is in the folders of everything that is expected.
    std::map<std::string, ListedObject> objects() {
        std::set<std::string> folders{m_folder};
        for (const auto &[key, object] : m_expected) {
            folders.insert(key.substr(0, key.find('/') + 1));
        }
        Connection connection(m_bucket.address, m_bucket.credentials, m_bucket.options);
        std::map<std::string, ListedObject> all;
        for (const std::string &folder : folders) {
            Bucket(connection).list(folder, [&](const ListedObject &object) {
                all[object.key] = object;
                return true;
            });
        }
        return all;
    }

    void compare(const std::vector<std::string> &keys, const std::map<std::string, ListedObject> &there) {
        std::string problem;
        for_each_key(
            m_bucket, keys,
            [&](Connection &connection, const std::string &key) { compare(connection, there.at(key)); },
            [&](const std::string &key, const std::string &message) {
                const std::scoped_lock lock(m_mutex);
                problem = problem.empty() ? fmt::format("{}: {}", key, message) : problem;
            });
        if (!problem.empty()) {
            throw Error(ErrorKind::MultipleFailed, problem);
        }
    }

    void compare(Connection &connection, const ListedObject &listed) {
        const ExpectedObject &expected = m_expected.at(listed.key);
        const ObjectFacts facts = facts_of(listed.key, expected.content_type);
        const auto object = Bucket(connection).head(listed.key);
        if (!object && !expected.may_be_missing) {
            note(m_found.missing, listed.key); // removed meanwhile
        }
        if (!object) {
            return;
        }
        if (is_damaged(expected, listed)) {
            note(m_found.damaged, listed.key);
        }
        if (object->content_type != facts.content_type || object->cache_control != facts.cache_control) {
            note(m_found.wrong_caching, listed.key);
        }
        if (is_seen(connection, listed.key) != expected.is_public) {
            note(m_found.wrong_acl, listed.key);
        }
    }

    bool is_damaged(const ExpectedObject &expected, const ListedObject &listed) {
        if (expected.bytes != 0 && listed.bytes != expected.bytes) {
            return true;
        }
        const std::string sum = bare_etag(listed.etag);
        const auto copy = sum.size() == sum_length ? whole_copy(expected) : std::nullopt;
        return copy && sum != hex(md5(*copy));
    }

    // As a visitor, at the address that pages name.
    static bool is_seen(Connection &connection, const std::string &key) {
        const HttpAnswer answer = connection.perform_anonymously(key, "HEAD");
        if (answer.fault == Fault::None && answer.status == 200) {
            return true;
        }
        if (answer.fault == Fault::None && (answer.status == 403 || answer.status == 404)) {
            return false;
        }
        throw Error(ErrorKind::Unreachable,
                    answer.fault == Fault::None
                        ? fmt::format("its public address answers {}. Check the store's public address with "
                                      "\"companionctl store test\".",
                                      answer.status)
                        : "its public address does not answer. Check the network, and the store with "
                          "\"companionctl store test\".");
    }

    std::optional<std::string> whole_copy(const ExpectedObject &expected) {
        auto copy = m_local.read(expected.key);
        const bool is_whole = copy && (expected.bytes == 0 || copy->size() == expected.bytes);
        return is_whole ? std::move(copy) : std::nullopt;
    }

    void repair() {
        std::set<std::string> to_store(m_found.missing.begin(), m_found.missing.end());
        to_store.insert(m_found.damaged.begin(), m_found.damaged.end());
        std::set<std::string> to_set(m_found.wrong_acl.begin(), m_found.wrong_acl.end());
        to_set.insert(m_found.wrong_caching.begin(), m_found.wrong_caching.end());
        std::set<std::string> keys = to_store;
        keys.insert(to_set.begin(), to_set.end());
        in_batches({keys.begin(), keys.end()}, [&](const std::vector<std::string> &batch) {
            const Expectations before = by_key(m_ask());
            std::vector<std::string> done;
            each_of(batch, [&](Connection &connection, const std::string &key) {
                const auto now = before.find(key);
                if (now == before.end()) {
                    return; // taken down meanwhile
                }
                const bool is_stored =
                    to_store.contains(key) && !now->second.may_be_missing && store(connection, now->second);
                if (!is_stored && to_set.contains(key)) {
                    Bucket(connection).replace_facts(key, wanted_facts(now->second));
                }
                if (is_stored || to_set.contains(key)) {
                    note(done, key);
                }
            });
            const Expectations after = by_key(m_ask());
            each_of(done, [&](Connection &connection, const std::string &key) {
                follow(connection, before.at(key), after);
            });
        });
        remove_orphans();
    }

    // The database is asked what is wanted once before and once after each.
    static void in_batches(const std::vector<std::string> &keys,
                           const std::function<void(const std::vector<std::string> &)> &work) {
        for (auto begin = keys.begin(); begin != keys.end();) {
            const auto end = begin + std::min<std::ptrdiff_t>(keys.end() - begin, longest_batch);
            work({begin, end});
            begin = end;
        }
    }
    void each_of(const std::vector<std::string> &keys,
                 const std::function<void(Connection &, const std::string &)> &work) {
        for_each_key(m_bucket, keys, work,
                     [&](const std::string &key, const std::string &message) { leave(key, message); });
    }

    bool store(Connection &connection, const ExpectedObject &expected) {
        const auto copy = whole_copy(expected);
        if (copy) {
            Bucket(connection).put(expected.key, *copy, wanted_facts(expected));
            note(m_found.stored, expected.key);
            return true;
        }
        leave(expected.key, no_copy);
        if (!Bucket(connection).head(expected.key)) {
            note(m_found.lost, expected.key);
        }
        return false;
    }

    // What was decided while the object was set right: the step of it may have come before.
    void follow(Connection &connection, const ExpectedObject &done, const Expectations &after) {
        const auto found = after.find(done.key);
        if (found == after.end() || (found->second.may_be_missing && !done.may_be_missing)) {
            Bucket(connection).remove(done.key);
            const std::scoped_lock lock(m_mutex);
            std::erase(m_found.stored, done.key);
        } else if (found->second.is_public != done.is_public) {
            Bucket(connection).replace_facts(done.key, wanted_facts(found->second));
        }
    }

    static ObjectFacts wanted_facts(const ExpectedObject &expected) {
        ObjectFacts facts = facts_of(expected.key, expected.content_type);
        facts.is_public = expected.is_public;
        return facts;
    }

    void remove_orphans() {
        in_batches(m_found.orphan, [&](const std::vector<std::string> &batch) {
            const Expectations now = by_key(m_ask());
            each_of(batch, [&](Connection &connection, const std::string &key) {
                if (!now.contains(key)) {
                    Bucket(connection).remove(key);
                }
            });
        });
    }

    void note(std::vector<std::string> &keys, const std::string &key) {
        const std::scoped_lock lock(m_mutex);
        keys.push_back(key);
    }
    void leave(const std::string &key, const std::string &reason) {
        const std::scoped_lock lock(m_mutex);
        m_found.unrepaired.push_back({key, reason});
    }

    const CopyTarget &m_bucket;
    AssetStore &m_local;
    const std::string m_folder;
    const Expected &m_ask;
    const Expectations m_expected; // when the comparison began
    std::mutex m_mutex;
    Reconciliation m_found;
};

// The clock of files is not the one of base::Time.
bool is_old(const std::filesystem::path &file) {
    std::error_code problem;
    const auto written = std::filesystem::last_write_time(file, problem);
    return !problem && std::filesystem::file_time_type::clock::now() - written > youngest_orphan;
}

void repair_folder(LocalAssetStore &folder, const Expected &expected, Reconciliation &found) {
    for (const std::string &key : found.orphan) {
        if (!by_key(expected()).contains(key)) {
            folder.remove(key);
        }
    }
    const Expectations now = by_key(expected());
    for (const std::string &key : found.missing) {
        const auto object = now.find(key);
        if (object != now.end() && !object->second.may_be_missing &&
            !std::filesystem::exists(folder.root() / key)) {
            found.unrepaired.push_back({key, only_place});
            found.lost.push_back(key);
        }
    }
    for (const std::string &key : found.damaged) {
        found.unrepaired.push_back({key, only_place});
    }
}

} // namespace

bool Reconciliation::all_right() const {
    return missing.empty() && orphan.empty() && wrong_acl.empty() && wrong_caching.empty() && damaged.empty();
}

Reconciliation reconcile_bucket(const CopyTarget &bucket, AssetStore &local_copies,
                                const std::string &media_folder, const Expected &expected,
                                const ReconcileOptions &options) {
    return BucketReconciler(bucket, local_copies, media_folder, expected).run(options);
}

Reconciliation reconcile_folder(LocalAssetStore &folder, const std::string &media_folder,
                                const Expected &expected, const ReconcileOptions &options) {
    const Expectations wanted = by_key(expected());
    Reconciliation found;
    std::error_code problem;
    for (const auto &[key, object] : wanted) {
        const auto bytes = std::filesystem::file_size(folder.root() / key, problem);
        if (problem && !object.may_be_missing) {
            found.missing.push_back(key);
        } else if (!problem && object.bytes != 0 && bytes != object.bytes) {
            found.damaged.push_back(key);
        }
    }
    for (const Asset &asset : folder.list(media_folder + "/")) {
        if (!wanted.contains(asset.key) && is_old(folder.root() / asset.key)) {
            found.orphan.push_back(asset.key);
        }
    }
    if (options.repair) {
        repair_folder(folder, expected, found);
    }
    sort(found);
    return found;
}

} // namespace studio::media::s3
