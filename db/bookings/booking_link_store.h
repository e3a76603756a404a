// SPDX-License-Identifier: Apache-2.0
// What the public service reads and changes for a person with a token from an email, and for calendar
// programs. For an invalid or expired token the result is null.
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <string>

namespace studio::db {

// All calls throw Error.
class BookingLinkStore final {
public:
    // With an empty tenant a token opens its booking, whichever companion's it is.
    BookingLinkStore(Session &session, models::TenantId tenant_id)
        : m_session(session), m_tenant(std::move(tenant_id)) {}
    // The result of booking_client_view(), see db/schema/booking_links.sql.
    models::Json client_view(const std::string &token);
    // {"outcome", "status", "version"}; "busy" while a decision that the client does not know yet can still
    // be undone. `action` is "agree", "refuse", "answer", "ask_move" or "cancel".
    models::Json client_act(const std::string &token, const std::string &action, int seen_version,
                            const std::string &message);
    // As booking_companion_view() gives it: {"decided": status} for a link that was used.
    models::Json companion_view(const std::string &token);
    // `action` is "accept", "decline", "propose" or "move"; `details` may hold start_us, end_us, reason_code
    // and message.
    models::Json companion_act(const std::string &token, const std::string &action,
                               const models::Json &details);

    // Everything that decides which times can be booked: {"availability", "rules", "tours", "busy": [[start,
    // end] in microseconds, …]}; null where the companion is not active.
    models::Json calendar(models::Time first, models::Time last);
    // {"titles", "busy": [{"id", "start_us", "end_us", "booked"}]}
    models::Json feed(const std::string &secret);

private:
    Session &m_session;
    const models::TenantId m_tenant;
};

} // namespace studio::db
