// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/due_bookings_job.h"

#include "db/bookings/due_bookings.h"
#include "db/connection/error.h"

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rhythm = 1min, outage_rhythm = 30s;

} // namespace

std::chrono::milliseconds DueBookingsJob::turn(std::chrono::steady_clock::time_point now) {
    if (now >= m_next) {
        try {
            const int changed = db::run_due_bookings(m_session);
            if (changed > 0) {
                m_log.info("bookings_due", {{"changed", changed}});
            }
            m_away = false;
            m_next = changed < db::max_due_bookings ? now + rhythm : now;
        } catch (const db::Error &error) {
            if (!m_away) {
                m_log.warning("bookings_due_not_run",
                              {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
            }
            m_away = true;
            m_next = now + outage_rhythm;
        }
    }
    return std::chrono::ceil<std::chrono::milliseconds>(m_next - now);
}

} // namespace studio::renderer
