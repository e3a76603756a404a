// SPDX-License-Identifier: Apache-2.0
// What an outbox message says, from the payload that the database made of it (db/bookings/outbox_store.h).
#pragma once

#include "db/bookings/outbox_store.h"
#include "renderer/delivery/mail_message.h"

#include <optional>
#include <string>

namespace studio::renderer {

enum class MailReader { Visitor, Companion };

// nullopt where there is no address to send to.
std::optional<MailMessage> booking_mail(const db::OutboxMessage &message, MailReader reader,
                                        const MailAddress &from, base::Time now);

// The JSON body of a webhook: {"id", "event": "booking.requested", "createdAt", "booking": {…}, "tenant":
// {"id", "name", "subdomain"}}.
std::string webhook_body(const db::OutboxMessage &message);

} // namespace studio::renderer
