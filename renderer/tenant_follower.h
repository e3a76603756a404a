// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/directory.h"
#include "renderer/log.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace studio::db {
class Listener;
}

namespace studio::renderer {

// Keeps the directory as the database has it: at once by notifications, after a loss by comparing revisions,
// and by a slow poll where both failed. Works in a thread of its own; a database that is away leaves the
// directory as it was.
class TenantFollower final {
public:
    TenantFollower(std::string database_url, const SiteContext &context, DirectoryHolder &holder,
                   const Log &log, std::chrono::milliseconds poll_interval = std::chrono::seconds(30));
    ~TenantFollower();
    TenantFollower(const TenantFollower &) = delete;
    TenantFollower &operator=(const TenantFollower &) = delete;

    bool database_connected() const { return m_connected.load(std::memory_order_relaxed); }
    std::uint64_t reloads() const { return m_reloads.load(std::memory_order_relaxed); }
    std::uint64_t failures() const { return m_failures.load(std::memory_order_relaxed); }

private:
    struct Work {
        bool compare_all = false;
        std::set<std::string> ids;
        bool any() const { return compare_all || !ids.empty(); }
    };
    void run();
    void listen();
    void ask(Work work);
    Work wait_for_work();
    // True where the directory could be brought up to date.
    bool update(const Work &work);
    void compare_all(db::PublicStore &store, Directory::Sites &sites);
    void reload(db::PublicStore &store, const std::string &id, const db::PublicTenantVersion *version,
                Directory::Sites &sites);
    void note_failure(const TenantSite *earlier, const db::PublicTenantVersion *version,
                      Directory::Sites &sites);
    void publish(Directory::Sites sites, std::shared_ptr<const Directory::Pictures> withdrawn,
                 const std::shared_ptr<const Directory> &current);

    const std::string m_database_url;
    const SiteContext &m_context;
    DirectoryHolder &m_holder;
    const Log &m_log;
    const std::chrono::milliseconds m_poll_interval;
    std::atomic<bool> m_connected{false};
    std::atomic<std::uint64_t> m_reloads{0}, m_failures{0};

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Work m_work;
    bool m_stopping = false;
    db::Session m_session; // of the thread
    std::thread m_thread;
    std::unique_ptr<db::Listener> m_listener; // last: its thread calls into this
};

} // namespace studio::renderer
