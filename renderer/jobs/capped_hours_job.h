// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/limits/capped_hours.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Every few seconds, writes the hours in which a tenant got more events than its limit lets in.
class CappedHoursJob final {
public:
    CappedHoursJob(db::Session &session, CappedHours &hours, const Log &log)
        : m_session(session), m_hours(hours), m_log(log) {}

    // Runs if it is due. Returns the time to wait until it is due again.
    std::chrono::milliseconds turn(std::chrono::steady_clock::time_point now);

private:
    db::Session &m_session;
    CappedHours &m_hours;
    const Log &m_log;
    std::chrono::steady_clock::time_point m_next{};
};

} // namespace studio::renderer
