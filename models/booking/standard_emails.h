// SPDX-License-Identifier: Apache-2.0
// The platform's own wordings of the emails about bookings. Those to clients are discreet: they name neither
// the companion nor a service nor a place, because other people may see the screen or share the mailbox.
#pragma once

#include "models/booking/booking_emails.h"

namespace studio::models {

// The wording for tenants that have none of their own.
const BookingEmails &default_booking_emails();
BookingEmails with_defaults(BookingEmails emails);

// What an email tells the companion about a booking that she knows already.
enum class CompanionNotice {
    Answered,  // the client answered a question
    Agreed,    // the client agrees to the proposed time
    Refused,   // the client refuses it
    MoveAsked, // the client asks for another time than the agreed one
    Cancelled, // by the client
    Released,  // no deposit arrived
    Expired,   // nobody answered in time
    Agenda     // the day's bookings, in the message
};
const EmailWording &companion_notice(CompanionNotice notice);

} // namespace studio::models
