// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_move.h"

#include "media/asset_key.h"
#include "media/s3/digest.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "media/s3/workers.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace studio::media::s3 {

namespace {

using models::StoreContents;
using models::StoreFile;

constexpr int most_passes = 5;         // each brings what came during the one before
constexpr std::size_t sum_length = 32; // of an MD5 in hex: the ETag of what came in one request

// By key.
using Listing = std::map<std::string, ListedObject>;

Listing objects_below(const CopyTarget &bucket, const std::set<std::string> &folders) {
    Connection connection(bucket.address, bucket.credentials, bucket.options);
    Bucket(connection).check_access();
    Listing objects;
    for (const std::string &folder : folders) {
        Bucket(connection).list(folder + "/", [&](const ListedObject &object) {
            objects[object.key] = object;
            return true;
        });
    }
    return objects;
}

std::set<std::string> folders_of(const StoreContents &contents) {
    std::set<std::string> folders(contents.folders.begin(), contents.folders.end());
    for (const StoreFile &file : contents.files) {
        folders.insert(file.key.substr(0, file.key.find('/')));
    }
    return folders;
}

bool has_content(const ListedObject &object, const std::string &content) {
    const std::string sum = bare_etag(object.etag);
    return object.bytes == content.size() && (sum.size() != sum_length || sum == hex(md5(content)));
}

ObjectFacts wanted_facts(const StoreFile &file) {
    const std::string type = file.content_type.empty() ? content_type_of_key(file.key) : file.content_type;
    ObjectFacts facts = file.original ? original_facts(type) : facts_of(file.key, type);
    facts.is_public = facts.is_public && file.seen();
    return facts;
}

void make_private(Connection &connection, const std::string &key) {
    Bucket bucket(connection);
    if (const auto object = bucket.head(key)) {
        bucket.replace_facts(key, {object->content_type, object->cache_control, false, {}});
    }
}

// Whether a move takes it along. What is not stored is on its way by itself, or was taken out.
bool is_moved(const StoreFile &file) {
    return file.stored || !file.library;
}

class Mover final {
public:
    explicit Mover(const StoreMove &move) : m_move(move), m_from(move.from), m_to(move.to) {
        for (auto *bucket : {&m_from, &m_to}) {
            if (*bucket) {
                (*bucket)->options.stop = move.stop;
            }
        }
    }

    MoveResult run() {
        if (!m_from && !m_to) {
            throw Error(ErrorKind::Other, "The photos are in the folder already.");
        }
        const StoreContents contents = m_move.wanted();
        look(folders_of(contents));
        m_total = static_cast<std::uint64_t>(std::ranges::count_if(contents.files, is_moved));
        bring_all();
        if (m_move.stop.stop_requested()) {
            throw Error(ErrorKind::Canceled, "Stopped.");
        }
        if (!m_failed.empty()) {
            m_result.failed = m_failed;
            return m_result;
        }
        m_move.choose();
        m_result.chosen = true;
        finish();
        return m_result;
    }

private:
    void look(const std::set<std::string> &folders) {
        m_at_source = m_from ? objects_below(*m_from, folders) : Listing();
        m_at_target = m_to ? objects_below(*m_to, folders) : Listing();
    }

    void bring_all() {
        for (int pass = 0; pass < most_passes && !m_move.stop.stop_requested(); ++pass) {
            if (!bring(m_move.wanted())) {
                return;
            }
        }
    }

    // True where something was changed at the new place.
    bool bring(const StoreContents &now) {
        std::map<std::string, StoreFile> todo;
        std::vector<std::string> keys;
        std::map<std::string, Placed> gone = m_placed;
        for (const StoreFile &file : now.files) {
            if (is_moved(file) || !file.withheld) {
                gone.erase(file.key);
            }
            if (!is_moved(file)) {
                continue;
            }
            const auto placed = m_placed.find(file.key);
            if (placed == m_placed.end() || placed->second.seen != file.seen()) {
                keys.push_back(file.key);
                todo[file.key] = file;
            }
        }
        m_failed.clear();
        m_changed = false;
        for_each_key(
            m_to ? *m_to : *m_from, keys,
            [&](Connection &connection, const std::string &key) { place(connection, todo.at(key)); },
            [&](const std::string &key, const std::string &message) { fail(key, message); });
        take_back(gone);
        return m_changed;
    }

    struct Placed {
        bool seen = false;
        bool copied = false; // by this move
    };

    void place(Connection &connection, const StoreFile &file) {
        const bool is_known = [&] {
            const std::scoped_lock lock(m_mutex);
            return m_placed.contains(file.key);
        }();
        if (is_known) {
            if (m_to) {
                Bucket(connection).replace_facts(file.key, wanted_facts(file));
            }
            note(file, std::nullopt);
            return;
        }
        const auto copied = m_to ? place_in_bucket(connection, file) : place_in_folder(connection, file);
        if (copied) {
            note(file, copied);
        } else if (file.stored) {
            fail(file.key, nowhere());
        }
        if (m_move.progress) {
            m_move.progress(std::min<std::uint64_t>(++m_done, m_total), m_total);
        }
    }

    // How many bytes were copied; 0 where it was there, nullopt where it is nowhere.
    std::optional<std::uint64_t> place_in_bucket(Connection &connection, const StoreFile &file) {
        Bucket bucket(connection);
        const auto there = m_at_target.find(file.key);
        const bool is_there = there != m_at_target.end();
        const auto content = content_of(file);
        if (is_there && (content ? has_content(there->second, *content)
                                 : file.bytes == 0 || there->second.bytes == file.bytes)) {
            bucket.replace_facts(file.key, wanted_facts(file));
            return 0;
        }
        if (!content) {
            return std::nullopt;
        }
        bucket.put(file.key, *content, wanted_facts(file));
        const auto stored = bucket.head(file.key);
        if (!stored || !has_content({file.key, stored->bytes, stored->etag, {}}, *content)) {
            throw not_kept();
        }
        return content->size();
    }

    std::optional<std::uint64_t> place_in_folder(Connection &connection, const StoreFile &file) {
        const auto object = m_at_source.find(file.key);
        const auto kept = m_move.folder.read(file.key);
        if (kept &&
            (object == m_at_source.end() ? is_whole(file, *kept) : has_content(object->second, *kept))) {
            return 0;
        }
        const auto content = Bucket(connection).get(file.key);
        if (!content || !is_whole(file, *content)) {
            return std::nullopt;
        }
        m_move.folder.put(file.key, *content, wanted_facts(file).content_type);
        if (m_move.folder.read(file.key) != content) {
            throw not_kept();
        }
        return content->size();
    }

    // From the folder, where files begin, else from the bucket that they leave.
    std::optional<std::string> content_of(const StoreFile &file) const {
        auto content = m_move.folder.read(file.key);
        const auto object = m_at_source.find(file.key);
        if (content && is_whole(file, *content) &&
            (object == m_at_source.end() || has_content(object->second, *content))) {
            return content;
        }
        if (!m_from) {
            return std::nullopt;
        }
        Connection connection(m_from->address, m_from->credentials, m_from->options);
        content = Bucket(connection).get(file.key);
        return content && is_whole(file, *content) ? std::move(content) : std::nullopt;
    }

    static bool is_whole(const StoreFile &file, const std::string &content) {
        return file.bytes == 0 || content.size() == file.bytes;
    }

    // What was taken down or withdrawn since it was copied. What was there before stays, for nobody to see.
    void take_back(const std::map<std::string, Placed> &gone) {
        std::vector<std::string> keys;
        for (const auto &[key, placed] : gone) {
            keys.push_back(key);
        }
        for_each_key(
            m_to ? *m_to : *m_from, keys,
            [&](Connection &connection, const std::string &key) {
                const bool is_ours = gone.at(key).copied;
                if (!m_to && is_ours) {
                    m_move.folder.remove(key);
                } else if (m_to && is_ours) {
                    Bucket(connection).remove(key);
                } else if (m_to) {
                    make_private(connection, key);
                }
                const std::scoped_lock lock(m_mutex);
                m_placed.erase(key);
                m_changed = true;
            },
            [&](const std::string &key, const std::string &message) { fail(key, message); });
    }

    // The setting has been changed: a stop comes too late for what pages need and for what nobody may see.
    void finish() {
        for (auto *bucket : {&m_from, &m_to}) {
            if (*bucket) {
                (*bucket)->options.stop = {};
            }
        }
        try {
            for (int pass = 0; pass < most_passes && bring(m_move.wanted()); ++pass) {
            }
            m_result.left = m_failed;
            hide_the_rest();
        } catch (const std::exception &error) {
            m_result.left.push_back({"", error.what()});
        }
        try {
            close_former();
        } catch (const std::exception &error) {
            m_result.open.push_back({"", error.what()});
        }
    }

    // Objects of an earlier move that was broken off, whose photos nobody may see since.
    void hide_the_rest() {
        if (!m_to) {
            return;
        }
        const Listing there = objects_below(*m_to, folders_of(m_move.wanted()));
        std::map<std::string, StoreFile> known; // read after the listing: what is there by then is in it
        for (const StoreFile &file : m_move.wanted().files) {
            known[file.key] = file;
        }
        std::vector<std::string> keys;
        for (const auto &[key, object] : there) {
            const auto file = known.find(key);
            if ((file == known.end() || file->second.withheld) && !m_placed.contains(key)) {
                keys.push_back(key);
            }
        }
        for_each_key(*m_to, keys, make_private, [&](const std::string &key, const std::string &message) {
            const std::scoped_lock lock(m_mutex);
            m_result.left.push_back({key, message});
        });
    }

    void close_former() {
        if (!m_from) {
            return;
        }
        m_from->options.stop = m_move.stop;
        const StoreContents contents = m_move.wanted();
        const std::set<std::string> folders = folders_of(contents);
        auto [closed, open] = close_bucket(*m_from, {folders.begin(), folders.end()});
        m_result.closed = closed;
        m_result.open = std::move(open);
    }

    std::string nowhere() const {
        return m_from ? fmt::format("It is neither whole in the media folder of this machine nor in the "
                                    "bucket {}.",
                                    m_from->address.bucket)
                      : "It is not whole in the media folder of this machine.";
    }
    static Error not_kept() {
        return {ErrorKind::Other, "It was copied, but the copy has another content. Copy it again."};
    }

    void note(const StoreFile &file, std::optional<std::uint64_t> copied) {
        const std::scoped_lock lock(m_mutex);
        auto &placed = m_placed[file.key];
        placed = {file.seen(), placed.copied || copied.value_or(0) > 0};
        m_changed = true;
        if (copied) {
            m_result.copied += *copied > 0 ? 1 : 0;
            m_result.present += *copied > 0 ? 0 : 1;
            m_result.bytes += *copied;
        }
    }
    void fail(const std::string &key, const std::string &message) {
        const std::scoped_lock lock(m_mutex);
        m_failed.push_back({key, message});
    }

    const StoreMove &m_move;
    std::optional<CopyTarget> m_from, m_to;
    Listing m_at_source, m_at_target; // when the move began
    std::atomic<std::uint64_t> m_done{0};
    std::uint64_t m_total = 0;
    std::mutex m_mutex;                     // of what follows
    std::map<std::string, Placed> m_placed; // at the new store, and compared
    std::vector<CopyFailure> m_failed;      // of the last pass
    bool m_changed = false;                 // by the last pass
    MoveResult m_result;
};

} // namespace

MoveResult move_store(const StoreMove &move) {
    return Mover(move).run();
}

ClosedBucket close_bucket(const CopyTarget &bucket, const std::vector<std::string> &folders) {
    std::vector<std::string> keys;
    for (const auto &[key, object] : objects_below(bucket, {folders.begin(), folders.end()})) {
        keys.push_back(key);
    }
    ClosedBucket result;
    std::mutex mutex;
    for_each_key(
        bucket, keys,
        [&](Connection &connection, const std::string &key) {
            make_private(connection, key);
            const std::scoped_lock lock(mutex);
            ++result.closed;
        },
        [&](const std::string &key, const std::string &message) {
            const std::scoped_lock lock(mutex);
            result.open.push_back({key, message});
        });
    return result;
}

} // namespace studio::media::s3
