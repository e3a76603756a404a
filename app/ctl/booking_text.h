// SPDX-License-Identifier: Apache-2.0
// How companionctl shows bookings and reads times.
#pragma once

#include "app/ctl/commands/command.h"
#include "db/bookings/booking_decision_store.h"
#include "db/bookings/booking_store.h"

#include <string>

namespace studio::ctl {

// {"id", "tenant", "status", "start", "end", "service", "client_name", "created_at", …}; missing values are
// null.
models::Json booking_json(const db::Booking &booking);
models::Json booking_change_json(const db::BookingChange &change);
models::Json booking_note_json(const db::BookingNote &note);

// Throws CommandFailure naming ID where there is none, or where the login may not see it.
db::Booking find_booking(Context &context, const std::string &id);

// "2027-03-01T18:00" in `zone`, or with its own offset ("2027-03-01T18:00:00+11:00", "…Z"). Throws UsageError
// naming `field` for anything else, and for a time that the change of the clocks leaves out.
models::Time read_time(const std::string &text, const std::string &zone, const char *field);
// The first moment in `zone` of a day such as "2027-03-01".
models::Time read_day(const std::string &text, const std::string &zone, const char *field);
// The first moment of the next day.
models::Time day_after(models::Time first_moment, const std::string &zone);
// For people, in the companion's time zone if it is known: "Monday 1 March 2027, 18:00 AEDT".
std::string time_text(const std::optional<models::Time> &time, const std::string &zone);

// The published time zone of a companion; the default where her site names none.
std::string zone_of(const models::Tenant &tenant);

// Throws CommandFailure with the reason where the decision was not carried out, naming the booking in the
// way.
void require_done(Context &context, const db::DecisionAnswer &answer, const db::Booking &booking,
                  const std::string &action);

} // namespace studio::ctl
