// SPDX-License-Identifier: Apache-2.0
// The email that a decision sends, before it is taken: composed by the code that the service sends it with
// (site/booking_message.h), from the booking as the decision leaves it.
#pragma once

#include "site/booking_message.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/companion_facts.h"

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

struct ComingMail {
    QString to;
    site::RenderedEmail text;
};

// There is an address to write to.
bool can_be_written_to(const db::Booking &booking);
// Where nobody says otherwise: who asked on the site and is not blocked, and whoever was to be written to
// before.
bool is_usually_written_to(const db::Booking &booking);
// Whether the client gets an email, by what the person ticked or else by what is usual.
bool writes_to_client(const db::Booking &booking, const Decision &decision);
// Whether there is an email about such a decision at all.
bool has_mail(const db::Booking &booking, const Decision &decision);

// What the client would get; nullopt where nobody is written to. What is made only when it is sent (the
// address of the client's page, the reference of a new deposit) stands in it as "…".
std::optional<ComingMail> coming_mail(const db::Booking &booking, const CompanionFacts &companion,
                                      const Decision &decision, models::Time now);

// The message with its placeholders filled in, as it is stored and sent.
std::string filled_message(const db::Booking &booking, const CompanionFacts &companion,
                           const Decision &decision, models::Time now);

} // namespace studio::ui
