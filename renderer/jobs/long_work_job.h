// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace studio::renderer {

// Every few seconds ends statements and transactions of people's logins that last too long, so that nothing
// else waits for them. It has its own thread and connection, because the other jobs may be waiting for one of
// these transactions.
class LongWorkJob final {
public:
    LongWorkJob(const std::string &database_url, const Log &log);
    ~LongWorkJob();
    LongWorkJob(const LongWorkJob &) = delete;
    LongWorkJob &operator=(const LongWorkJob &) = delete;

private:
    void run();
    void turn();

    const Log &m_log;
    bool m_away = false;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    db::Session m_session; // of the thread
    std::thread m_thread;  // last
};

} // namespace studio::renderer
