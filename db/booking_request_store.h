// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/tracking_store.h"

#include <cstdint>
#include <optional>
#include <string>

namespace studio::db {

// What a visitor asks for, already validated. Times are microseconds since 1970, UTC; "" is nothing.
struct BookingRequest {
    std::string tenant_id;
    std::string form_visit_id; // UUID of the visit in which the form was opened; it goes on where it is hers
    std::string idempotency_key; // UUID
    std::string client_name, client_email, client_phone, service_type, message, duration;
    std::string client_phone_normal; // E.164, for comparing; "" where its country is not known
    std::optional<std::int64_t> preferred_us, preferred_end_us;
    std::string time_zone; // IANA name in which the visitor meant the times
    bool terms_accepted = false;
    std::string client_key; // 32 bytes: keyed hash of the visitor's address
    bool spam = false;      // honeypot filled or sent too fast: stored as spam, nobody is notified
    TrackedSession
        session; // who sends it: the visit where form_visit_id is none; recorded where it is not yet
};

enum class BookingOutcome {
    Added,
    AlreadyThere, // the same request under the same key
    Conflict,     // another request under the same key
    TooMany
};

struct BookingAnswer {
    BookingOutcome outcome = BookingOutcome::Added;
    std::string booking_id; // "" for TooMany and Conflict, and AlreadyThere where it was erased
    int retry_after_s = 0;  // for TooMany
};

// The renderer's side of bookings: adds, never reads. All calls throw Error.
class BookingRequestStore final {
public:
    static constexpr int most_an_hour = 5; // bookings per client_key, over all replicas and tenants

    explicit BookingRequestStore(Session &session) : m_session(session) {}
    // One transaction: the booking with its conversion path, the event form_submit and the messages of the
    // outbox. The same request under the same key of the same tenant gives the first booking again. Blocked
    // clients get the same answer as everyone. NotFound where the tenant is not active.
    BookingAnswer add(const BookingRequest &request);

private:
    Session &m_session;
};

} // namespace studio::db
