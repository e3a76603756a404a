// SPDX-License-Identifier: Apache-2.0
// A booking in labelled rows for the detail.
#pragma once

#include "ui/bookings/booking_reading.h"
#include "ui/bookings/fact_rows.h"

#include <vector>

namespace studio::ui {

// What was asked, when and where, price and where the request came from.
std::vector<FactRow> request_rows(const BookingReading &reading);
std::vector<FactRow> screening_rows(const BookingReading &reading);
// Empty where no deposit was asked for.
std::vector<FactRow> deposit_rows(const BookingReading &reading);
std::vector<FactRow> history_rows(const BookingReading &reading);
std::vector<FactRow> note_rows(const BookingReading &reading);

// "Its internet address is blocked …"; "" where nothing is to be heeded.
QString caution_of(const db::Booking &booking);

} // namespace studio::ui
