// SPDX-License-Identifier: Apache-2.0
// Makes the text of an email about a booking from the payload of its outbox message
// (db/bookings/outbox_store.h). The service sends it, and the studio shows it before a decision.
#pragma once

#include "models/json/json.h"
#include "site/booking_email.h"

#include <string>
#include <string_view>

namespace studio::site {

struct MessageKind {
    std::string_view name; // in the outbox: "client_accepted"
    models::EmailReader reader;
    models::EmailWording models::BookingEmails::*wording; // nullptr: the tenant cannot change this wording
    std::string_view calendar_method = {};                // of the calendar file that goes with it
};
// nullptr where no email has this name.
const MessageKind *find_message_kind(std::string_view name);

// The values of the placeholders, except the link. An email to the client contains no text that the sender of
// the request typed freely.
models::BookingFacts message_facts(const MessageKind &kind, const models::Json &payload);
// `origin`: where the links lead, "https://claire.example".
RenderedEmail render_message(const MessageKind &kind, const models::Json &payload, const std::string &origin);

} // namespace studio::site
