// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "ui/bookings/companion_facts.h"

#include <utility>
#include <vector>

namespace studio::ui {

// Some pages of the list, with the companions whom they name.
struct QueueReading {
    std::int64_t count = 0, pending = 0; // of all bookings under the filter
    std::vector<std::pair<int, std::vector<db::Booking>>> pages;
    Companions companions; // but for those that are known
};

// Both throw db::Error.
QueueReading read_queue(db::Session &session, const db::BookingFilter &filter, const std::vector<int> &pages,
                        const QStringList &known_companions);
// The pages without the counts.
QueueReading read_queue_pages(db::Session &session, db::BookingFilter filter, const std::vector<int> &pages,
                              const QStringList &known_companions);

} // namespace studio::ui
