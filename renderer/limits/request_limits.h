// SPDX-License-Identifier: Apache-2.0
// How much one sender may ask of this replica, so that no sender slows the service down for the others. The
// numbers and what they bound are in docs/operations.md ("Limits").
#pragma once

#include "renderer/http/request.h"
#include "renderer/limits/capped_hours.h"
#include "renderer/limits/token_buckets.h"
#include "renderer/support/keyed_hash.h"
#include "renderer/visitors/uuid.h"

#include <array>
#include <cstdint>
#include <string>

namespace studio::renderer {

// Kinds of requests, each with a limit of its own.
enum class LimitedRequest : std::uint8_t {
    Events,  // POST /api/events, by their size
    Choice,  // POST /api/consent and /privacy/forget, GET /privacy/held
    Page,    // GET /book and drafts, which are rendered for each visitor
    Token,   // GET /api/form-token
    Booking, // POST /bookings, valid or not
    Agent    // a user agent that was not seen before and has to be looked at
};
inline constexpr std::size_t limited_request_count = 6;

// Token buckets in this replica's memory, from the narrowest to the widest: the address (IPv4, or the /64 of
// IPv6), the network (IPv6: /48), the visitor, the tenant. A wider bucket is asked only if the narrower ones
// let the request through, so one address or network cannot use up the limit of a tenant's other visitors.
// Any thread.
class RequestLimits final {
public:
    // `factor` multiplies every limit.
    RequestLimits(double factor, CappedHours &capped);

    struct Sender {
        const IpAddress &address;
        std::uint64_t visitor; // the cookie's key, or one of address and browser
        const Uuid &tenant;
        const models::TenantId &tenant_id;
    };
    // 0 where the request may pass, else the whole seconds to wait. `bytes` is the size of its body.
    int wait_s(LimitedRequest kind, const Sender &sender, std::size_t bytes, base::Time now);
    // The same for a valid booking that is to be stored, counted for the tenant only; invalid requests do not
    // count.
    int wait_to_store_s(const Uuid &tenant, base::Time now);
    // Gives back what wait_to_store_s() took, where the booking was not stored after all.
    void was_not_stored(const Uuid &tenant, base::Time now);
    // The same as wait_s() for a visitor who accepts the cookie, which the database writes as a new visit.
    int wait_to_accept_s(const Sender &sender, base::Time now);
    // Whether one more form of the tenant may open a visit, which the database writes.
    bool may_open_visit(const Uuid &tenant, base::Time now);

private:
    enum class Scope : std::uint8_t { Address, Network, Visitor, Tenant };

    double take(Scope scope, std::uint8_t kind, std::string_view subject, double cost, base::Time now);
    double take_of_sender(std::uint8_t kind, const Sender &sender, double cost, base::Time now);
    double take_all(std::uint8_t kind, const Sender &sender, double cost, base::Time now);
    double new_visit(const Sender &sender, base::Time now);
    std::uint64_t key(Scope scope, std::uint8_t kind, std::string_view subject) const;

    const double m_factor;
    CappedHours &m_capped;
    const HashKey m_key;
    TokenBuckets m_addresses, m_networks, m_visitors, m_tenants;
};

} // namespace studio::renderer
