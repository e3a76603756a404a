// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Every minute, what happens to bookings by itself: requests that nobody answered expire, times whose deposit
// did not come are given back, reminders and agendas are due. Every replica asks, and the database lets one
// change each booking. A failure is logged once an outage.
class DueBookingsJob final {
public:
    DueBookingsJob(db::Session &session, const Log &log) : m_session(session), m_log(log) {}

    // Runs where it is due. The wait until it is due again.
    std::chrono::milliseconds turn(std::chrono::steady_clock::time_point now);

private:
    db::Session &m_session;
    const Log &m_log;
    std::chrono::steady_clock::time_point m_next{};
    bool m_away = false;
};

} // namespace studio::renderer
