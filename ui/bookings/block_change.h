// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "ui/bookings/calendar_items.h"

#include <optional>
#include <string>

namespace studio::ui {

// Time that is to be blocked, or to be freed where the block has an id.
struct BlockChange {
    CalendarItem block; // with its companion
    bool frees() const { return !block.id.isEmpty(); }
};

// Gives the id of a block that it made, "" where it freed one. Throws db::Error.
std::string store(db::Session &session, const BlockChange &change);
// Whether the change is stored, for one whose answer was lost: the same as store() gives then, else nullopt.
// Throws db::Error.
std::optional<std::string> find_stored(db::Session &session, const BlockChange &change);

} // namespace studio::ui
