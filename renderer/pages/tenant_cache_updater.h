// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/pages/directory.h"
#include "renderer/support/log.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace studio::db {
class Listener;
}

namespace studio::renderer {

// How often it is asked whether a release has ended by its date, which makes no notification.
constexpr std::chrono::milliseconds photo_poll_interval{5000};

// Keeps the directory as the database has it. A notification, a new connection and a slow poll make it
// compare the versions of all tenants with those it shows; what has the same version is not read again. A
// tenant that changes more than once in a second is read again once a second. A photo that was withdrawn goes
// first, also from pages that cannot be rendered again; that a release has ended by its date is seen within
// `photo_interval`. Works in a thread of its own; a database that is away
// leaves the directory as it was.
class TenantCacheUpdater final {
public:
    TenantCacheUpdater(std::string database_url, const SiteContext &context, DirectoryHolder &holder,
                       const Log &log, std::chrono::milliseconds poll_interval = std::chrono::seconds(30),
                       std::chrono::milliseconds photo_interval = photo_poll_interval);
    ~TenantCacheUpdater();
    TenantCacheUpdater(const TenantCacheUpdater &) = delete;
    TenantCacheUpdater &operator=(const TenantCacheUpdater &) = delete;

    bool database_connected() const { return m_connected.load(std::memory_order_relaxed); }
    std::uint64_t reloads() const { return m_reloads.load(std::memory_order_relaxed); }
    std::uint64_t failures() const { return m_failures.load(std::memory_order_relaxed); }

private:
    using Clock = std::chrono::steady_clock;
    void run();
    void listen();
    void ask();
    // Waits until something may have changed; false when the thread is to end.
    bool wait_for_work();
    // Whether the mark of ended releases is another one; true also where it cannot be read, so that the
    // comparison tells why.
    bool photos_ended();
    // True if the directory is now up to date.
    bool update();
    // Like update(); other exceptions than database errors are logged.
    bool update_or_say();
    // Removes withdrawn photos from what is shown, even if the comparison that follows fails.
    void drop_withdrawn(const std::shared_ptr<const Directory::Pictures> &withdrawn);
    // Reads the photo store; if it changed, the sites are rendered again.
    void follow_photo_store(db::PublicStore &store);
    void compare_all(db::PublicStore &store, Directory::Sites &sites);
    bool is_to_be_read(const db::PublicTenantVersion &version, const Directory::Sites &sites) const;
    // Whether the tenant was read less than a second ago; it is then read at the end of that second.
    bool is_put_off(const models::TenantId &id);
    void reload(db::PublicStore &store, const db::PublicTenantVersion &version, Directory::Sites &sites);
    void note_failure(const TenantSite *earlier, const db::PublicTenantVersion &version,
                      Directory::Sites &sites);
    void publish(Directory::Sites sites, std::shared_ptr<const Directory::Pictures> withdrawn,
                 const std::shared_ptr<const Directory> &current);

    const std::string m_database_url;
    SiteContext m_context; // used only in the thread; its media base follows the photo store
    DirectoryHolder &m_holder;
    const Log &m_log;
    const std::chrono::milliseconds m_poll_interval, m_photo_interval;
    std::atomic<bool> m_connected{false};
    std::atomic<bool> m_said_away{false}; // since the last connection
    std::atomic<std::uint64_t> m_reloads{0}, m_failures{0};

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_asked = false;
    bool m_stopping = false;

    // These are used only in the thread.
    std::map<models::TenantId, Clock::time_point>
        m_read_at; // each tenant that was read again in the last second
    Clock::time_point m_next_poll{}, m_next_photo_poll{}, m_next_put_off = Clock::time_point::max();
    std::string m_photo_ends; // as of the last comparison
    std::map<models::TenantId, std::int64_t>
        m_failed;               // the version of each tenant that could not be read or rendered
    bool m_tries_failed = true; // this comparison reads them again
    bool m_said_no_store = false;
    db::Session m_session; // of the thread
    std::thread m_thread;
    std::unique_ptr<db::Listener> m_listener; // last: its thread calls into this
};

} // namespace studio::renderer
