// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/tenant_cache_updater.h"

#include "db/connection/error.h"
#include "db/connection/listener.h"
#include "models/tenant/photo_releases.h"

#include <algorithm>
#include <utility>

namespace studio::renderer {

namespace {

constexpr std::chrono::milliseconds retry_interval{1000};
constexpr std::string_view retry_words = "the connection is tried again until it succeeds";

std::shared_ptr<const Directory::Pictures> withdrawn_pictures(db::PublicStore &store) {
    auto pictures = std::make_shared<Directory::Pictures>();
    for (const std::string &url : store.withdrawn_photos()) {
        pictures->insert(models::picture_of(url));
    }
    return pictures;
}

// Replaces sites that show withdrawn photos by ones without them. True where any was replaced.
bool take_out(const Directory::Pictures &withdrawn, Directory::Sites &sites) {
    const auto rule = [&](const std::string &picture) { return withdrawn.contains(picture); };
    bool changed = false;
    for (auto &[id, site] : sites) {
        if (!withdrawn.empty() && site->shows(rule)) {
            site = site->without(rule);
            changed = true;
        }
    }
    return changed;
}

std::shared_ptr<const PlatformSite> platform_of(const SiteContext &context, const Directory::Sites &sites) {
    std::vector<std::shared_ptr<const TenantSite>> all;
    all.reserve(sites.size());
    for (const auto &[id, site] : sites) {
        if (!site->broken()) {
            all.push_back(site);
        }
    }
    return std::make_shared<const PlatformSite>(context, std::move(all));
}

// The least time between two comparisons, so that many notifications cost little, and between two renderings
// of a tenant.
constexpr std::chrono::milliseconds comparison_interval{50}, tenant_interval{1000};

} // namespace

TenantCacheUpdater::TenantCacheUpdater(std::string database_url, const SiteContext &context,
                                       DirectoryHolder &holder, const Log &log,
                                       std::chrono::milliseconds poll_interval,
                                       std::chrono::milliseconds photo_interval)
    : m_database_url(std::move(database_url)), m_context(context), m_holder(holder), m_log(log),
      m_poll_interval(poll_interval), m_photo_interval(photo_interval), m_session(m_database_url) {
    m_thread = std::thread([this] { run(); });
    listen();
}

TenantCacheUpdater::~TenantCacheUpdater() {
    m_listener.reset();
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void TenantCacheUpdater::listen() {
    db::Listener::Handlers handlers;
    handlers.notified = [this] { ask(); };
    handlers.connected = [this] {
        m_connected = true;
        m_said_away = false;
        m_log.info("database_connected");
        ask();
    };
    handlers.disconnected = [this](const std::string &reason) {
        const bool was_connected = m_connected.exchange(false);
        if (m_said_away.exchange(true)) {
            return;
        }
        if (was_connected) {
            m_log.warning("database_lost", {{"reason", reason}, {"effect", retry_words}});
        } else {
            m_log.warning("database_not_reached", {{"reason", reason}, {"effect", retry_words}});
        }
    };
    m_listener =
        std::make_unique<db::Listener>(m_database_url, db::tenant_changed_channel, std::move(handlers));
}

void TenantCacheUpdater::ask() {
    {
        const std::scoped_lock lock(m_mutex);
        m_asked = true;
    }
    m_wake.notify_all();
}

bool TenantCacheUpdater::wait_for_work() {
    for (;;) {
        {
            const auto next = std::min(m_next_poll, m_next_put_off);
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, std::min(next, m_next_photo_poll),
                              [this] { return m_stopping || m_asked; });
            if (m_stopping || m_asked || Clock::now() >= next) {
                m_asked = false;
                return !m_stopping;
            }
        }
        if (photos_ended()) {
            return true;
        }
    }
}

bool TenantCacheUpdater::photos_ended() {
    m_next_photo_poll = Clock::now() + m_photo_interval;
    try {
        return db::PublicStore(m_session).photo_ends() != m_photo_ends;
    } catch (const db::Error &) {
        return true;
    }
}

void TenantCacheUpdater::run() {
    while (wait_for_work()) {
        const auto now = Clock::now();
        m_tries_failed = m_tries_failed || now >= m_next_poll;
        m_next_put_off = Clock::time_point::max();
        const bool done = update_or_say();
        m_next_poll = now + (done ? m_poll_interval : retry_interval);
        m_next_photo_poll = now + m_photo_interval;
        m_tries_failed = !done;
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, done ? comparison_interval : retry_interval,
                            [this] { return m_stopping; })) {
            return;
        }
    }
}

bool TenantCacheUpdater::update_or_say() {
    try {
        return update();
    } catch (const std::exception &error) {
        m_log.thread_failed("tenants", error.what());
        return false;
    }
}

bool TenantCacheUpdater::update() {
    // A connection that was cut off fails at its next use. The second attempt, on a new one, shows whether
    // the database is unreachable.
    for (int attempt = 0; attempt < 2; ++attempt) {
        try {
            db::PublicStore store(m_session);
            follow_photo_store(store);
            m_photo_ends = store.photo_ends();
            const auto withdrawn = withdrawn_pictures(store);
            drop_withdrawn(withdrawn);
            const auto current = m_holder.current();
            Directory::Sites sites = current ? current->by_id() : Directory::Sites{};
            compare_all(store, sites);
            publish(std::move(sites), withdrawn, current);
            return true;
        } catch (const db::Error &error) {
            m_session = db::Session(m_database_url);
            if (error.kind() == db::ErrorKind::Unreachable) {
                continue;
            }
            m_log.error("tenants_not_read", {{"reason", error.what()}, {"sqlstate", error.sqlstate()}});
            return false;
        }
    }
    return false;
}

// Applies newly withdrawn photos to the present sites. So every site of a directory was either read after the
// directory's list of withdrawn photos, or changed here.
void TenantCacheUpdater::drop_withdrawn(const std::shared_ptr<const Directory::Pictures> &withdrawn) {
    const auto current = m_holder.current();
    if (!current || *withdrawn == *current->withdrawn()) {
        return;
    }
    Directory::Sites sites = current->by_id();
    const auto platform = take_out(*withdrawn, sites) ? platform_of(m_context, sites) : current->platform();
    m_holder.publish(std::make_shared<const Directory>(m_context, std::move(sites), platform, withdrawn));
}

void TenantCacheUpdater::follow_photo_store(db::PublicStore &store) {
    const auto photo_store = store.photo_store();
    if (!photo_store) {
        if (!std::exchange(m_said_no_store, true)) {
            m_log.error("photo_store_not_read", {{"effect", "photos keep their addresses"}});
        }
        return;
    }
    m_said_no_store = false;
    SiteContext context = m_context.with(*photo_store);
    if (context.settings.media_base != m_context.settings.media_base) {
        m_log.info("photo_store_followed", {{"media_base", context.settings.media_base}});
        m_context = std::move(context);
    }
}

void TenantCacheUpdater::compare_all(db::PublicStore &store, Directory::Sites &sites) {
    std::set<models::TenantId> active;
    std::vector<db::PublicTenantVersion> changed;
    for (const db::PublicTenantVersion &version : store.versions()) {
        active.insert(version.id);
        if (is_to_be_read(version, sites)) {
            changed.push_back(version);
        }
    }
    std::erase_if(sites, [&](const auto &entry) { return !active.contains(entry.first); });
    std::erase_if(m_read_at,
                  [](const auto &entry) { return Clock::now() - entry.second >= tenant_interval; });
    for (const db::PublicTenantVersion &version : changed) {
        if (!sites.contains(version.id) ||
            !is_put_off(version.id)) { // a site that was never rendered does not wait
            reload(store, version, sites);
        }
    }
}

bool TenantCacheUpdater::is_to_be_read(const db::PublicTenantVersion &version,
                                       const Directory::Sites &sites) const {
    const auto failed = m_failed.find(version.id);
    if (failed != m_failed.end() && failed->second == version.version) {
        return m_tries_failed;
    }
    const auto known = sites.find(version.id);
    return known == sites.end() || known->second->version() != version.version ||
           known->second->is_of_earlier_day() ||
           known->second->context().settings.media_base != m_context.settings.media_base;
}

bool TenantCacheUpdater::is_put_off(const models::TenantId &id) {
    const auto [read, is_new] = m_read_at.emplace(id, Clock::now());
    if (is_new) {
        return false;
    }
    m_next_put_off = std::min(m_next_put_off, read->second + tenant_interval);
    return true;
}

void TenantCacheUpdater::reload(db::PublicStore &store, const db::PublicTenantVersion &version,
                                Directory::Sites &sites) {
    const models::TenantId &id = version.id;
    const auto known = sites.find(id);
    const std::shared_ptr<const TenantSite> earlier = known == sites.end() ? nullptr : known->second;
    try {
        auto tenant = store.find(id);
        ++m_reloads;
        if (!tenant || tenant->status != models::TenantStatus::Active) {
            sites.erase(id);
            return;
        }
        auto site = std::make_shared<const TenantSite>(m_context, std::move(*tenant));
        if (earlier) {
            site->render_like(*earlier);
        }
        sites.insert_or_assign(id, std::move(site));
        m_failed.erase(id);
    } catch (const db::Error &error) {
        if (error.kind() == db::ErrorKind::Unreachable) {
            throw;
        }
        m_log.error("tenant_not_read",
                    {{"tenant", id}, {"reason", error.what()}, {"sqlstate", error.sqlstate()}});
        note_failure(earlier.get(), version, sites);
    } catch (const std::exception &error) {
        m_log.error("tenant_not_rendered", {{"tenant", id}, {"reason", error.what()}});
        note_failure(earlier.get(), version, sites);
    }
}

// The last good page stays. Without one visitors see that the site is unavailable, not that it is unknown.
void TenantCacheUpdater::note_failure(const TenantSite *earlier, const db::PublicTenantVersion &version,
                                      Directory::Sites &sites) {
    ++m_failures;
    m_failed[version.id] = version.version;
    if (!earlier) {
        sites.insert_or_assign(version.id, std::make_shared<const TenantSite>(m_context, version));
    }
}

void TenantCacheUpdater::publish(Directory::Sites sites, std::shared_ptr<const Directory::Pictures> withdrawn,
                                 const std::shared_ptr<const Directory> &current) {
    if (current && sites == current->by_id() && *withdrawn == *current->withdrawn()) {
        return;
    }
    const auto platform = platform_of(m_context, sites);
    // The tenant's own pages are replaced first; until the new landing page is rendered the old one is
    // served.
    if (current && current->platform()->landing(1)) {
        m_holder.publish(std::make_shared<const Directory>(m_context, sites, current->platform(), withdrawn));
        try {
            platform->render_landing(1);
        } catch (const std::exception &error) {
            m_log.error("landing_not_rendered", {{"reason", error.what()}});
            return;
        }
    }
    const std::size_t count = sites.size();
    m_holder.publish(
        std::make_shared<const Directory>(m_context, std::move(sites), platform, std::move(withdrawn)));
    if (!current) {
        m_log.info("tenants_loaded", {{"tenants", count}});
    }
}

} // namespace studio::renderer
