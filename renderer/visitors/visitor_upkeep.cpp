// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_upkeep.h"

#include "db/connection/error.h"
#include "db/stores/tracking_store.h"

#include <utility>

namespace studio::renderer {

namespace {

// How often it looks for a new day, and so for how long after midnight visits may not be counted.
constexpr std::chrono::milliseconds look_interval{50};
constexpr std::chrono::seconds retry_interval{1};
// How often the salt is read again. After a crash of the database or a fail-over the unlogged table of salts
// is empty, and the replicas agree on a new salt.
constexpr std::chrono::seconds salt_interval{10};
constexpr std::chrono::minutes idle_visits_interval{1};

} // namespace

VisitorUpkeep::VisitorUpkeep(std::string database_url, DaySalts &salts, BotCounter &bots, const Log &log,
                             std::chrono::milliseconds write_interval)
    : m_salts(salts), m_bots(bots), m_log(log), m_write_interval(write_interval),
      m_session(std::move(database_url)), m_thread([this] { run(); }) {}

VisitorUpkeep::~VisitorUpkeep() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void VisitorUpkeep::run() {
    Clock::time_point written = Clock::now(), closed = written;
    for (;;) {
        try {
            fetch_salt();
            if (Clock::now() - closed >= idle_visits_interval) {
                closed = Clock::now();
                close_idle_visits();
            }
            if (Clock::now() - written >= m_write_interval) {
                written = Clock::now();
                write_bots();
            }
        } catch (const std::exception &error) {
            m_log.thread_failed("visitor upkeep", error.what());
        }
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, look_interval, [this] { return m_stopping; })) {
            break;
        }
    }
    try {
        write_bots();
    } catch (const std::exception &error) {
        m_log.thread_failed("visitor upkeep", error.what());
    }
}

void VisitorUpkeep::fetch_salt() {
    const Day day = today();
    m_salts.keep_only(day);
    const bool is_new = !m_salts.of(day) && m_salt_day != day;
    if (!is_new && Clock::now() < m_try_salt_after) {
        return;
    }
    m_salt_day = day;
    try {
        m_salts.set(day, db::TrackingStore(m_session).salt(day));
        m_try_salt_after = Clock::now() + salt_interval;
    } catch (const db::Error &error) {
        m_try_salt_after = Clock::now() + retry_interval;
        if (error.kind() != db::ErrorKind::Unreachable) { // an outage is reported by the tenant cache updater
            m_log.error("salt_not_read", {{"reason", error.what()}, {"sqlstate", error.sqlstate()}});
        }
    }
}

void VisitorUpkeep::close_idle_visits() {
    try {
        db::TrackingStore(m_session).close_idle_visits();
    } catch (const db::Error &error) { // will be tried again in a minute
        m_log.warning("idle_visits_not_closed", {{"reason", error.what()}, {"sqlstate", error.sqlstate()}});
    }
}

void VisitorUpkeep::write_bots() {
    const auto counts = m_bots.take();
    if (counts.empty()) {
        return;
    }
    std::vector<db::BotVisits> visits;
    for (const BotCounter::Count &count : counts) {
        visits.push_back({count.tenant_id, count.day, std::string(to_string(count.bot)), count.hits});
    }
    bool sent = false;
    try {
        m_session.ping();
        sent = true;
        db::TrackingStore(m_session).add_bot_visits(visits);
    } catch (const db::Error &error) {
        // If only the database's answer was lost, the counts were added. So they are not sent again: a
        // missing count is better than a double one.
        if (!sent || error.kind() != db::ErrorKind::Unreachable) {
            m_bots.put_back(counts);
        }
        m_log.warning("bots_not_stored", {{"reason", error.what()}, {"sqlstate", error.sqlstate()}});
    }
}

} // namespace studio::renderer
