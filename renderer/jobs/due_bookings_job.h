// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Every minute, makes the changes that time brings to bookings: unanswered requests expire, times whose
// deposit did not arrive become free again, reminders and agendas are sent. Every replica does this, and the
// database lets one of them change each booking. A failure is logged once for each outage.
class DueBookingsJob final {
public:
    DueBookingsJob(db::Session &session, const Log &log) : m_session(session), m_log(log) {}

    // Runs if it is due. Returns the time to wait until it is due again.
    std::chrono::milliseconds turn(std::chrono::steady_clock::time_point now);

private:
    db::Session &m_session;
    const Log &m_log;
    std::chrono::steady_clock::time_point m_next{};
    bool m_away = false;
};

} // namespace studio::renderer
