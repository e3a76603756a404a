// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/winner_job.h"

#include "db/connection/error.h"
#include "db/experiments/experiment_winners.h"

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rhythm = 1h, outage_rhythm = 5min;

} // namespace

std::chrono::milliseconds WinnerJob::turn(std::chrono::steady_clock::time_point now) {
    if (now >= m_next) {
        try {
            run();
            m_away = false;
            m_next = now + rhythm;
        } catch (const db::Error &error) {
            if (!m_away) {
                m_log.warning("winners_not_evaluated",
                              {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
            }
            m_away = true;
            m_next = now + outage_rhythm;
        }
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_next - now);
}

void WinnerJob::run() {
    for (const db::WinnerDecision &decision : db::declare_winners(m_session)) {
        if (decision.published_revision > 0) {
            m_log.info("winner_declared", {{"tenant", decision.tenant_id},
                                           {"test", decision.test_id},
                                           {"variant", decision.variant},
                                           {"revision", decision.published_revision}});
        } else if (!decision.problem.empty()) {
            m_log.warning("winner_not_published", {{"tenant", decision.tenant_id},
                                                   {"test", decision.test_id},
                                                   {"variant", decision.variant},
                                                   {"reason", decision.problem}});
        }
    }
}

} // namespace studio::renderer
