// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_reading.h"

#include "db/bookings/availability_store.h"
#include "models/booking/booking_state.h"
#include "ui/widgets/tenant_id.h"

#include <chrono>

namespace studio::ui {

namespace {

std::vector<db::Booking> agreed_at_its_time(db::BookingStore &store, const db::Booking &booking) {
    if (!booking.start || !models::is_open(booking.status)) {
        return {};
    }
    db::BookingFilter filter;
    filter.tenant_id = booking.tenant_id;
    filter.statuses = {models::BookingStatus::Accepted, models::BookingStatus::Confirmed};
    filter.ends_after = booking.start;
    filter.to = booking.end.value_or(*booking.start + std::chrono::hours(1));
    filter.order = db::BookingOrder::Start;
    return store.list(filter);
}

} // namespace

std::optional<BookingReading> read_booking(db::Session &session, const std::string &id) {
    db::BookingStore store(session);
    auto booking = store.find(id);
    if (!booking) {
        return std::nullopt;
    }
    BookingReading reading;
    reading.history = store.history(id);
    reading.notes = store.notes(id);
    reading.undelivered = db::OutboxStore(session).undelivered(id);
    reading.companion = read_companions(session, {booking->tenant_id}).value(to_text(booking->tenant_id));
    reading.visit_source = store.visit_source(id);
    const auto settings = db::AvailabilityStore(session).settings(booking->tenant_id);
    reading.companion.deposit_rule = models::read_booking_rules(settings.rules).deposit;
    reading.companion.mail_facts["howToPay"] = reading.companion.deposit_rule.how_to_pay;
    reading.taken_by = agreed_at_its_time(store, *booking);
    reading.booking = std::move(*booking);
    return reading;
}

} // namespace studio::ui
