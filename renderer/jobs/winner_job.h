// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Every hour, declares the winners of the experiments that are set to declare a winner automatically. Every
// replica evaluates them, and the database lets one declare each winner. A failure is logged once for each
// outage.
class WinnerJob final {
public:
    WinnerJob(db::Session &session, const Log &log) : m_session(session), m_log(log) {}

    // Runs if it is due. Returns the time to wait until it is due again.
    std::chrono::milliseconds turn(std::chrono::steady_clock::time_point now);

private:
    void run();

    db::Session &m_session;
    const Log &m_log;
    std::chrono::steady_clock::time_point m_next{};
    bool m_away = false;
};

} // namespace studio::renderer
