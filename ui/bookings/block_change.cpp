// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/block_change.h"

#include "db/bookings/availability_store.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/tenant_id.h"

#include <algorithm>

namespace studio::ui {

std::string store(db::Session &session, const BlockChange &change) {
    const auto &block = change.block;
    const auto tenant = to_tenant_id(block.companion);
    db::AvailabilityStore availability(session);
    if (change.frees()) {
        availability.remove_block(tenant, block.id.toStdString());
        return {};
    }
    return availability.add_block(tenant, to_time(block.start), to_time(block.end), block.note.toStdString());
}

// A block of the same time with the same note is the one that was to be made.
std::optional<std::string> find_stored(db::Session &session, const BlockChange &change) {
    const auto &block = change.block;
    const auto start = to_time(block.start), end = to_time(block.end);
    const auto blocks = db::AvailabilityStore(session).blocks(to_tenant_id(block.companion), start, end);
    if (change.frees()) {
        const bool is_there = std::ranges::count(blocks, block.id.toStdString(), &db::TimeBlock::id) > 0;
        return is_there ? std::nullopt : std::optional<std::string>("");
    }
    const auto made = std::ranges::find_if(blocks, [&](const db::TimeBlock &known) {
        return known.start == start && known.end == end && known.note == block.note.toStdString() &&
               !known.imported;
    });
    return made == blocks.end() ? std::nullopt : std::optional(made->id);
}

} // namespace studio::ui
