// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/user_agent_cache.h"

#include "renderer/visitors/uuid.h"

#include <utility>

namespace studio::renderer {

namespace {

constexpr std::size_t max_waiting = 2048;
constexpr std::size_t max_bytes = 1000;

} // namespace

UserAgentCache::UserAgentCache(const Log &log, std::size_t max_entries)
    : m_key(derive_key(Uuid::random().view(), "user agents")), m_max_entries(max_entries),
      m_thread("user agents", 1, max_waiting, log) {}

std::uint64_t UserAgentCache::hash(std::string_view user_agent) const {
    return keyed_hash(m_key, user_agent.substr(0, max_bytes));
}

KnownUserAgent UserAgentCache::find(std::uint64_t hash) const {
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_recent.find(hash); found != m_recent.end()) {
        return found->second;
    }
    const auto earlier = m_earlier.find(hash);
    if (earlier == m_earlier.end()) {
        return nullptr;
    }
    return m_recent.emplace(hash, earlier->second).first->second;
}

bool UserAgentCache::look_at(std::string user_agent, std::function<void(const KnownUserAgent &)> done) {
    return m_thread.submit([this, user_agent = std::move(user_agent), done = std::move(done)] {
        const std::uint64_t number = hash(user_agent);
        KnownUserAgent agent = find(number);
        if (!agent) {
            if (!m_rules) {
                m_rules = std::make_unique<const UserAgentRules>();
            }
            agent = std::make_shared<const UserAgent>(m_rules->classify(user_agent));
            keep(number, agent);
        }
        done(agent);
    });
}

void UserAgentCache::keep(std::uint64_t hash, KnownUserAgent agent) {
    Generation forgotten;
    const std::scoped_lock lock(m_mutex);
    if (m_recent.size() >= m_max_entries / 2) {
        forgotten = std::exchange(m_earlier, std::exchange(m_recent, {}));
    }
    m_recent.insert_or_assign(hash, std::move(agent));
}

std::size_t UserAgentCache::size() const {
    const std::scoped_lock lock(m_mutex);
    return m_recent.size() + m_earlier.size();
}

const UserAgent *UserAgentReader::find(std::string_view user_agent) {
    const std::uint64_t hash = m_cache->hash(user_agent);
    Entry &entry = m_entries[hash % m_entries.size()];
    if (entry.hash != hash || !entry.agent) {
        KnownUserAgent agent = m_cache->find(hash);
        if (!agent) {
            return nullptr;
        }
        entry = {hash, std::move(agent)};
    }
    return entry.agent.get();
}

} // namespace studio::renderer
