// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/tracking_store.h"
#include "models/booking/booking_request.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>

namespace studio::db {

// A checked request, and what the service knows about it. "" means nothing is known; `service_type` is a
// service that the site offers.
struct NewBooking : models::BookingRequest {
    models::TenantId tenant_id;
    models::SessionId form_visit_id;        // in which the form was opened; goes on if it is the sender's
    std::string idempotency_key;            // UUID
    std::string time_zone;                  // IANA name in which the visitor meant the times
    std::optional<models::Time> start, end; // nullopt: as preferred and preferred_end say
    std::string place_kind;                 // "incall", "outcall", "travel" or ""
    std::string place;                      // area or address
    models::Json screening;                 // {"question": "answer"} or null
    std::string consent_version; // SHA-256 of the text that was agreed to, in hexadecimal; "": no consent
    bool terms_accepted = false;
    std::string client_key; // 32 bytes: keyed hash of the visitor's address
    // Nothing is stored: AlreadyThere or Conflict where the key is known, else Taken.
    bool only_known = false;
    bool spam = false; // honeypot filled or sent too fast: stored as spam, nobody is notified
    TrackedSession
        session; // the sender's visit, for requests without form_visit_id; recorded if it is not yet
};

enum class BookingOutcome {
    Added,
    AlreadyThere, // the same request under the same key
    Conflict,     // another request under the same key
    TooMany,
    Taken // another booking has the time of a companion with availability
};

struct BookingAnswer {
    BookingOutcome outcome = BookingOutcome::Added;
    std::string booking_id; // "" for TooMany, Taken, Conflict, and for AlreadyThere where it was erased
    int retry_after_s = 0;  // for TooMany
};

// Adds bookings for the renderer, which cannot read them. All calls throw Error.
class BookingRequestStore final {
public:
    static constexpr int max_per_hour = 5; // bookings per client_key, over all replicas and tenants

    explicit BookingRequestStore(Session &session) : m_session(session) {}
    // One transaction: the booking with its conversion path, the event form_submit and the messages of the
    // outbox. The same request under the same key of the same tenant gives the first booking again. Blocked
    // clients get the same answer as everyone. NotFound where the tenant is not active.
    BookingAnswer add(const NewBooking &booking);

private:
    Session &m_session;
};

} // namespace studio::db
