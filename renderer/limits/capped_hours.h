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

// How many posts of events were turned away for a tenant's own limit, hour by hour: its figures of these
// hours are marked as capped. Holds what the database has not taken yet. Any thread.
class CappedHours final {
public:
    void add(const models::TenantId &tenant_id, base::Time now);
    // Takes everything out.
    std::vector<db::CappedHour> take();
    void put_back(const std::vector<db::CappedHour> &counts);

private:
    std::mutex m_mutex;
    std::map<std::pair<models::TenantId, std::int64_t>, std::int64_t> m_dropped;
};

} // namespace studio::renderer
