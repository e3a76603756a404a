// SPDX-License-Identifier: Apache-2.0
// An outbox message as an email or a webhook, from the payload that the database made of it
// (db/bookings/outbox_store.h). site/booking_message.h makes the email's text.
#pragma once

#include "db/bookings/outbox_store.h"
#include "renderer/delivery/mail_message.h"

#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

struct MailSender {
    MailAddress from;
    std::string
        link_origin; // where the links lead: "https://appointments.example"; its host names no companion
};

bool is_mail_kind(std::string_view kind);
// Whether the message goes to the companion, not to the client.
bool is_for_companion(std::string_view kind);

// nullopt where there is no address to send to. The name of the sender, the subject, the links and the
// calendar entry of what goes to a client name neither the companion nor the platform; an answer to it goes
// to the sender, or to the companion where her rules say so.
std::optional<MailMessage> booking_mail(const db::OutboxMessage &message, const MailSender &sender,
                                        base::Time now);

// The JSON body of a webhook: {"id", "event": "booking.requested", "createdAt", "booking": {…}, "tenant":
// {"id", "name", "subdomain"}}.
std::string webhook_body(const db::OutboxMessage &message);

} // namespace studio::renderer
