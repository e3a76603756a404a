// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/capped_hours_store.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace studio::renderer {

// Counts, hour by hour, the event batches that were refused because a tenant reached its limit; its figures
// of these hours are marked as capped. Holds the counts that are not in the database yet. Any thread.
class CappedHours final {
public:
    void add(const models::TenantId &tenant_id, base::Time now);
    // Returns and removes everything.
    std::vector<db::CappedHour> take();
    void put_back(const std::vector<db::CappedHour> &counts);

private:
    std::mutex m_mutex;
    std::map<std::pair<models::TenantId, std::int64_t>, std::int64_t> m_dropped;
};

} // namespace studio::renderer
