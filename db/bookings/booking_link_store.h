// SPDX-License-Identifier: Apache-2.0
// What the public service reads and does for whoever holds a token of a mail, and for calendar programs. A
// token that opens nothing, of whatever kind, is null.
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <string>

namespace studio::db {

// All calls throw Error.
class BookingLinkStore final {
public:
    // No tenant: a token opens the booking of whichever it is.
    BookingLinkStore(Session &session, models::TenantId tenant_id)
        : m_session(session), m_tenant(std::move(tenant_id)) {}
    // As booking_client_view() of db/schema/booking_links.sql gives it.
    models::Json client_view(const std::string &token);
    // {"outcome", "status", "version"}; "busy" while a decision that can still be taken back is not told.
    // `action` is "agree", "refuse", "answer", "ask_move" or "cancel".
    models::Json client_act(const std::string &token, const std::string &action, int seen_version,
                            const std::string &message);
    // As booking_companion_view() gives it: {"decided": status} for a link that was used.
    models::Json companion_view(const std::string &token);
    // `action` is "accept", "decline", "propose" or "move"; `details` may hold start_us, end_us, reason_code
    // and message.
    models::Json companion_act(const std::string &token, const std::string &action,
                               const models::Json &details);

    // What decides which times can be taken: {"availability", "rules", "tours", "busy": [[start, end] in
    // microseconds, …]}; null where the companion is not active.
    models::Json calendar(models::Time first, models::Time last);
    // {"titles", "busy": [{"id", "start_us", "end_us", "booked"}]}
    models::Json feed(const std::string &secret);

private:
    Session &m_session;
    const models::TenantId m_tenant;
};

} // namespace studio::db
