// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "ui/bookings/companion_facts.h"

#include <utility>
#include <vector>

namespace studio::ui {

// Some pages of the list, with the companions whom they name.
struct QueueReading {
    std::vector<std::pair<int, std::vector<db::Booking>>> pages;
    Companions companions; // but for those that are known
};

struct QueueCounts {
    std::int64_t all = 0, pending = 0; // under the filter
};

// Both throw db::Error. Counting reads every booking under the filter, so that the rows come first.
QueueCounts count_queue(db::Session &session, const db::BookingFilter &filter);
QueueReading read_queue_pages(db::Session &session, db::BookingFilter filter, const std::vector<int> &pages,
                              const QStringList &known_companions);

} // namespace studio::ui
