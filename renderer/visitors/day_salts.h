// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/visitors/message_key.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace studio::renderer {

// Days since 1970, UTC.
using Day = std::int64_t;
Day today();

// The day's salt, by which visits of visitors without a cookie are found. Holds the salt of one day only:
// once a salt is gone, a visitor's earlier visits cannot be found. Any thread.
class DaySalts final {
public:
    // nullptr if that day's salt is not known: not yet fetched, or destroyed.
    std::shared_ptr<const MessageKey> of(Day day) const;
    // Replaces any other day's. `salt` is wiped.
    void set(Day day, std::string &&salt);
    // Drops the salt of any other day.
    void keep_only(Day day);

private:
    mutable std::mutex m_mutex;
    Day m_day = -1;
    std::shared_ptr<const MessageKey> m_key;
};

} // namespace studio::renderer
