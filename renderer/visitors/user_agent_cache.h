// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/keyed_hash.h"
#include "renderer/support/worker_pool.h"
#include "renderer/visitors/user_agent.h"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace studio::renderer {

using KnownUserAgent = std::shared_ptr<const UserAgent>;

// The parsed user agents seen so far: each is parsed once, in a separate thread, and the last ten thousand or
// so are kept. Any thread.
class UserAgentCache final {
public:
    explicit UserAgentCache(const Log &log, std::size_t max_entries = 32'768);

    // A user agent's key for find(): a keyed hash, so that nobody can make two user agents collide.
    std::uint64_t hash(std::string_view user_agent) const;
    // nullptr if it was not parsed yet.
    KnownUserAgent find(std::uint64_t hash) const;
    // Parses it and calls `done`, in the cache's thread, or at once if it is known by then. False if too many
    // wait already.
    bool look_at(std::string user_agent, std::function<void(const KnownUserAgent &)> done);
    std::size_t size() const;

private:
    using Generation = std::unordered_map<std::uint64_t, KnownUserAgent>;
    void keep(std::uint64_t hash, KnownUserAgent agent);

    const HashKey m_key;
    const std::size_t m_max_entries;
    mutable std::mutex m_mutex;
    mutable Generation m_recent, m_earlier; // what is found among the earlier ones moves to the recent ones
    std::unique_ptr<const UserAgentRules> m_rules; // used only in the thread
    WorkerPool m_thread;                           // last: its jobs use the rest
};

// One event loop's view of the cache, which takes no lock for what this loop saw lately. Not for two threads.
class UserAgentReader final {
public:
    explicit UserAgentReader(const UserAgentCache &cache) : m_cache(&cache) {}
    // nullptr where the cache does not know it. Valid until the next call.
    const UserAgent *find(std::string_view user_agent);

private:
    struct Entry {
        std::uint64_t hash = 0;
        KnownUserAgent agent;
    };
    const UserAgentCache *m_cache;
    std::array<Entry, 256> m_entries;
};

} // namespace studio::renderer
