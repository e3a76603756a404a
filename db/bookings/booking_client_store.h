// SPDX-License-Identifier: Apache-2.0
// What is known of the client of a booking, and bookings that staff enter by hand.
#pragma once

#include "db/connection/session.h"
#include "models/booking/booking_request.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Another request with the same email address or phone number.
struct EarlierRequest {
    std::string id;  // "" if it was made to another companion
    bool own = true; // made to the same companion
    std::string status, reason_code;
    std::optional<models::Time> created_at, start; // both empty if made to another companion
};

struct ClientBlock {
    std::string kind; // "email", "phone", "address"
    models::Time until{};
    bool everywhere = false; // for every companion, not this one alone
    std::string id;          // for BlockStore::remove; "" where the login may not remove it
};

struct ClientCard {
    std::vector<EarlierRequest> requests; // newest first, at most 50
    bool verified = false, trusted = false;
    std::vector<ClientBlock> blocks;
    struct Read {
        std::string by;
        models::Time at{};
    };
    std::vector<Read> reads; // the last ten who opened this card, this time included
};

// A booking that came by phone, by message or in person.
struct EnteredBooking : models::BookingRequest {
    models::TenantId tenant_id;
    std::string source; // "phone", "message", "in_person"
    std::optional<models::Time> start, end;
    std::string time_zone, place_kind, place;
    bool mail = false;       // whether the client is told that the request arrived
    bool over_block = false; // also where the time is blocked
};

// Error::constraint() of enter() where the time is blocked.
inline constexpr const char *time_blocked_constraint = "booking_time_blocked";

// All calls throw Error.
class BookingClientStore final {
public:
    explicit BookingClientStore(Session &session) : m_session(session) {}
    // Records permanently who opens the card, then reads it. Of requests to other companions staff see the
    // outcome, a companion sees nothing. nullopt if the login may not see the booking.
    std::optional<ClientCard> open_card(const std::string &booking);
    // `mark` is "verified" or "trusted", for the booking's companion.
    void mark(const std::string &booking, const std::string &mark, bool present);
    // Returns its id. The booking is pending and holds its time as the companion's settings say.
    // Error{Invalid} names the booking that already has the time, or says that it is blocked.
    std::string enter(const EnteredBooking &booking);

private:
    Session &m_session;
};

} // namespace studio::db
