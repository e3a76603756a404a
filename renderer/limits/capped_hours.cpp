// SPDX-License-Identifier: Apache-2.0
#include "renderer/limits/capped_hours.h"

namespace studio::renderer {

namespace {

constexpr std::int64_t an_hour_us = 3'600'000'000;

} // namespace

void CappedHours::add(const std::string &tenant_id, std::int64_t now_us) {
    const std::scoped_lock lock(m_mutex);
    ++m_dropped[{tenant_id, now_us / an_hour_us}];
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
