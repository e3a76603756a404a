// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/heartbeat.h"

#include "db/connection/error.h"
#include "renderer/visitors/uuid.h"

#include <utility>

namespace studio::renderer {

Heartbeat::Heartbeat(Parts parts)
    : m_parts(std::move(parts)), m_replica(Uuid::random().text()), m_session(m_parts.database_url),
      m_thread([this] { run(); }) {}

Heartbeat::~Heartbeat() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Heartbeat::run() {
    for (bool stopping = false; !stopping;) {
        const bool ready = beat();
        std::unique_lock lock(m_mutex);
        stopping = m_wake.wait_for(lock, ready ? m_parts.rhythm : m_parts.impatient_rhythm,
                                   [this] { return m_stopping; });
    }
    beat();
}

bool Heartbeat::beat() {
    try {
        const bool ready = m_parts.can_answer();
        m_book.beat(m_parts.minute(), ready, m_parts.answered());
        write();
        return ready;
    } catch (const std::exception &error) {
        m_parts.log.thread_failed("heartbeat", error.what());
        return false;
    }
}

void Heartbeat::write() {
    try {
        db::MeasurementStore(m_session).note_minutes(m_replica, m_book.minutes());
        m_book.written();
        m_away = false;
    } catch (const db::Error &error) {
        if (!m_away) { // logged once for each outage
            m_parts.log.warning("heartbeat_not_stored",
                                {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
        }
        m_away = true;
    }
}

std::int64_t current_minute() {
    return std::chrono::duration_cast<std::chrono::minutes>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace studio::renderer
