// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/bot_counter.h"

#include <utility>

namespace studio::renderer {

void BotCounter::add(const models::TenantId &tenant_id, std::int64_t day, BotClass bot, std::int64_t hits) {
    m_totals[static_cast<std::size_t>(bot)].fetch_add(static_cast<std::uint64_t>(hits),
                                                      std::memory_order_relaxed);
    const std::scoped_lock lock(m_mutex);
    m_hits[{tenant_id, day, bot}] += hits;
}

std::vector<BotCounter::Count> BotCounter::take() {
    decltype(m_hits) taken;
    {
        const std::scoped_lock lock(m_mutex);
        taken.swap(m_hits);
    }
    std::vector<Count> counts;
    for (const auto &[key, hits] : taken) {
        counts.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), hits});
    }
    return counts;
}

void BotCounter::put_back(const std::vector<Count> &counts) {
    const std::scoped_lock lock(m_mutex);
    for (const Count &count : counts) {
        m_hits[{count.tenant_id, count.day, count.bot}] += count.hits;
    }
}

std::uint64_t BotCounter::total(BotClass bot) const {
    return m_totals[static_cast<std::size_t>(bot)].load(std::memory_order_relaxed);
}

} // namespace studio::renderer
