// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "db/bookings/outbox_store.h"
#include "ui/bookings/companion_facts.h"

#include <optional>
#include <vector>

namespace studio::ui {

// All that the detail shows of one booking.
struct BookingReading {
    db::Booking booking;
    std::vector<db::BookingChange> history;
    std::vector<db::BookingNote> notes;
    std::vector<db::UndeliveredMessage> undelivered; // newest first
    CompanionFacts companion;
    std::string visit_source;          // "instagram"; "" without consent
    std::vector<db::Booking> taken_by; // agreed bookings that have some of the time of an open one
};

// nullopt where there is no such booking, or the login may not see it. Throws db::Error.
std::optional<BookingReading> read_booking(db::Session &session, const std::string &id);

} // namespace studio::ui
