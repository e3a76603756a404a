// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/capped_hours_job.h"

#include "db/connection/error.h"

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rhythm = 2s, outage_rhythm = 10s;

} // namespace

std::chrono::milliseconds CappedHoursJob::turn(std::chrono::steady_clock::time_point now) {
    if (now < m_next) {
        return std::chrono::ceil<std::chrono::milliseconds>(m_next - now);
    }
    const auto hours = m_hours.take();
    auto wait = rhythm;
    if (!hours.empty()) {
        try {
            db::CappedHoursStore(m_session).add(hours);
            for (const db::CappedHour &each : hours) {
                m_log.warning("tenant_capped", {{"tenant", each.tenant_id}, {"dropped", each.dropped}});
            }
        } catch (const db::Error &error) {
            m_hours.put_back(hours);
            m_log.warning("capped_hours_not_stored",
                          {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
            wait = outage_rhythm;
        }
    }
    m_next = now + wait;
    return wait;
}

} // namespace studio::renderer
