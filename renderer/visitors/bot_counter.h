// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"
#include "renderer/visitors/user_agent.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace studio::renderer {

// Pages that bots asked for, until they are written to the database. Any thread.
class BotCounter final {
public:
    struct Count {
        models::TenantId tenant_id;
        std::int64_t day = 0; // since 1970, UTC
        BotClass bot = BotClass::None;
        std::int64_t hits = 0;
        bool operator==(const Count &) const = default;
    };

    void add(const models::TenantId &tenant_id, std::int64_t day, BotClass bot, std::int64_t hits = 1);
    // Everything since the last call.
    std::vector<Count> take();
    // Adds counts that take() gave but that could not be written. They do not count again in total().
    void put_back(const std::vector<Count> &counts);
    // The pages that one class asked for since the start.
    std::uint64_t total(BotClass bot) const;

private:
    std::mutex m_mutex;
    std::map<std::tuple<models::TenantId, std::int64_t, BotClass>, std::int64_t> m_hits;
    std::array<std::atomic<std::uint64_t>, bot_class_count> m_totals{};
};

} // namespace studio::renderer
