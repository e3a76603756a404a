// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace studio::renderer {

// What the metrics show about the outbox.
struct OutboxStatus {
    // Messages of all replicas, as last counted; -1 before the first count.
    std::int64_t waiting = -1, dead = -1, oldest_waiting_s = -1;
    std::int64_t without_address = -1;            // to companions whose sites name no email address
    std::uint64_t sent = 0, failed = 0, died = 0; // by this process
    std::uint64_t retention_runs = 0, retention_failures = 0, figures_failures = 0;
};

} // namespace studio::renderer
