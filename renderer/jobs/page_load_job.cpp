// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/page_load_job.h"

#include "db/connection/error.h"
#include "db/stores/measurement_store.h"

#include <algorithm>

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds rhythm = 5min, whole_rhythm = 1h;
constexpr int rest_to_work = 50;
constexpr std::chrono::days late{2}; // the service accepts events that are up to 48 hours old

} // namespace

std::chrono::milliseconds PageLoadJob::turn(Clock::time_point now) {
    if (now >= m_next) {
        const auto began = Clock::now();
        try {
            run(now);
            m_away = false;
        } catch (const db::Error &error) {
            if (!m_away) {
                m_log.warning("page_loads_not_summed",
                              {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
            }
            m_away = true;
        }
        m_next = now + std::max<Clock::duration>(rhythm, rest_to_work * (Clock::now() - began));
    }
    return std::chrono::ceil<std::chrono::milliseconds>(m_next - now);
}

void PageLoadJob::run(Clock::time_point now) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const bool whole = now >= m_next_whole;
    if (db::MeasurementStore(m_session).refresh_page_loads({whole ? today - late : today, today}) && whole) {
        m_next_whole = now + whole_rhythm;
    }
}

} // namespace studio::renderer
