// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/long_work_job.h"

#include "db/connection/error.h"
#include "db/connection/long_work.h"

namespace studio::renderer {

namespace {

constexpr std::chrono::seconds interval{5};

} // namespace

LongWorkJob::LongWorkJob(const std::string &database_url, const Log &log)
    : m_log(log), m_session(database_url), m_thread([this] { run(); }) {}

LongWorkJob::~LongWorkJob() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_session.cancel();
    m_thread.join();
}

void LongWorkJob::run() {
    for (bool stopping = false; !stopping;) {
        turn();
        std::unique_lock lock(m_mutex);
        stopping = m_wake.wait_for(lock, interval, [this] { return m_stopping; });
    }
}

void LongWorkJob::turn() {
    try {
        if (const int ended = db::end_long_work_of_persons(m_session); ended > 0) {
            m_log.warning("long_sessions_ended", {{"sessions", ended}});
        }
        m_away = false;
    } catch (const db::Error &error) {
        if (!m_away) { // logged once for each outage
            m_log.warning("long_sessions_not_ended",
                          {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
        }
        m_away = true;
    } catch (const std::exception &error) {
        m_log.thread_failed("long work", error.what());
    }
}

} // namespace studio::renderer
