// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/measurement_store.h"
#include "renderer/support/metrics.h"

#include <cstdint>
#include <vector>

namespace studio::renderer {

// The minutes of this replica that the database has not taken yet, oldest first. Of minutes beyond a week,
// which the database would leave out, the oldest are dropped.
class UptimeBuffer final {
public:
    static constexpr std::size_t max_minutes = 7 * 24 * 60;

    // At this minute it could answer or not, and has answered so many requests since it started.
    void beat(std::int64_t minute, bool ready, Metrics::Answered so_far);
    const std::vector<db::ServiceMinute> &minutes() const { return m_minutes; }
    // All of minutes() were written. The last one stays: it is not over.
    void written();

private:
    std::vector<db::ServiceMinute> m_minutes;
    Metrics::Answered m_before;
};

} // namespace studio::renderer
