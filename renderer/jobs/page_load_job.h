// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Sums up how long pages took to load: today every five minutes, the days in which late events may still come
// every hour. After a long run it waits longer, so that it works at most a fiftieth of the time.
class PageLoadJob final {
public:
    PageLoadJob(db::Session &session, const Log &log) : m_session(session), m_log(log) {}

    // Runs if it is due. Returns the time to wait until it is due again.
    std::chrono::milliseconds turn(std::chrono::steady_clock::time_point now);

private:
    void run(std::chrono::steady_clock::time_point now);

    db::Session &m_session;
    const Log &m_log;
    std::chrono::steady_clock::time_point m_next{}, m_next_whole{};
    bool m_away = false;
};

} // namespace studio::renderer
