// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/uptime_buffer.h"

namespace studio::renderer {

void UptimeBuffer::beat(std::int64_t minute, bool ready, Metrics::Answered so_far) {
    if (m_minutes.empty() || m_minutes.back().minute != minute) {
        if (m_minutes.size() == max_minutes) {
            m_minutes.erase(m_minutes.begin());
        }
        m_minutes.push_back({minute, false, 0, 0});
    }
    db::ServiceMinute &now = m_minutes.back();
    now.ready = now.ready || ready;
    now.answered += static_cast<std::int64_t>(so_far.all - m_before.all);
    now.failed += static_cast<std::int64_t>(so_far.failed - m_before.failed);
    m_before = so_far;
}

void UptimeBuffer::written() {
    if (m_minutes.size() > 1) {
        m_minutes.erase(m_minutes.begin(), m_minutes.end() - 1);
    }
}

} // namespace studio::renderer
