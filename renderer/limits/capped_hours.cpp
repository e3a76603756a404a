// SPDX-License-Identifier: Apache-2.0
#include "renderer/limits/capped_hours.h"

namespace studio::renderer {

void CappedHours::add(const models::TenantId &tenant_id, base::Time now) {
    const std::int64_t hour = std::chrono::floor<std::chrono::hours>(now).time_since_epoch().count();
    const std::scoped_lock lock(m_mutex);
    ++m_dropped[{tenant_id, hour}];
}

std::vector<db::CappedHour> CappedHours::take() {
    const std::scoped_lock lock(m_mutex);
    std::vector<db::CappedHour> counts;
    for (const auto &[which, dropped] : m_dropped) {
        counts.push_back({which.first, which.second, dropped});
    }
    m_dropped.clear();
    return counts;
}

void CappedHours::put_back(const std::vector<db::CappedHour> &counts) {
    const std::scoped_lock lock(m_mutex);
    for (const db::CappedHour &count : counts) {
        m_dropped[{count.tenant_id, count.hour}] += count.dropped;
    }
}

} // namespace studio::renderer
