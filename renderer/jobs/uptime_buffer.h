// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/measurement_store.h"
#include "renderer/support/metrics.h"

#include <cstdint>
#include <vector>

namespace studio::renderer {

// The minutes of this replica that the database has not taken yet, oldest first. At most a week of minutes is
// kept, because the database takes no older ones; beyond that the oldest are dropped.
class UptimeBuffer final {
public:
    static constexpr std::size_t max_minutes = 7 * 24 * 60;

    // Records for this minute whether the replica could answer; `so_far` counts the requests that it has
    // answered since it started.
    void beat(std::int64_t minute, bool ready, Metrics::Answered so_far);
    const std::vector<db::ServiceMinute> &minutes() const { return m_minutes; }
    // All of minutes() were written. The last one stays, because its minute is not over.
    void written();

private:
    std::vector<db::ServiceMinute> m_minutes;
    Metrics::Answered m_before;
};

} // namespace studio::renderer
