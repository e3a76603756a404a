// SPDX-License-Identifier: Apache-2.0
#include "renderer/limits/request_limits.h"

#include <algorithm>
#include <cmath>

namespace studio::renderer {

namespace {

constexpr std::size_t max_addresses = 131'072, max_networks = 32'768, max_visitors = 131'072,
                      max_tenants = 16'384;
// An event has at least this many bytes (its id alone takes more than half), so the size of a batch bounds
// the number of its events.
constexpr double bytes_of_an_event = 64;
constexpr std::chrono::minutes a_visit_rests{30}; // after this pause a sender begins a new visit
constexpr std::uint8_t new_visit_kind = limited_request_count, stored_kind = new_visit_kind + 1,
                       opened_kind = stored_kind + 1, accepted_kind = opened_kind + 1;
constexpr std::size_t kinds = limited_request_count + 4;

struct Rates {
    BucketRate address, network, visitor, tenant;
};
constexpr BucketRate no_limit{};
// In the order of LimitedRequest, then new visits, stored bookings, visits begun by opening a form, and
// visitors who accept. Events are counted in units of bytes_of_an_event. Declining, erasure and the form's
// page have no limit for the whole tenant, so that one sender cannot use them up for all other visitors.
constexpr std::array<Rates, kinds> rates{{
    {{3000, 30}, {6000, 60}, {3000, 30}, {20'000, 200}},
    {{30, 0.2}, {60, 0.4}, {30, 0.2}, no_limit},
    {{60, 1}, {120, 2}, {60, 1}, no_limit},
    {{120, 2}, {240, 4}, {120, 2}, no_limit},
    {{30, 0.1}, {60, 0.2}, {30, 0.1}, no_limit},
    {{100, 0.1}, {200, 0.2}, {100, 0.1}, {1000, 10}},
    {{60, 120.0 / 3600}, {120, 240.0 / 3600}, {60, 120.0 / 3600}, {2000, 2}},
    {no_limit, no_limit, no_limit, {300, 1}},
    {no_limit, no_limit, no_limit, {1000, 10}},
    {no_limit, no_limit, no_limit, {300, 5}},
}};

std::string_view bytes_of(const IpAddress &address, std::size_t bytes) {
    return {reinterpret_cast<const char *>(address.bytes().data()), bytes};
}

std::string_view bytes_of(const std::uint64_t &number) {
    return {reinterpret_cast<const char *>(&number), sizeof number};
}

// The part of an address that limits are counted by: for IPv6 the /64, because a client usually has all of
// it.
std::string_view address_part(const IpAddress &address) {
    return bytes_of(address, address.is_v4() ? 16 : 8);
}

} // namespace

RequestLimits::RequestLimits(double factor, CappedHours &capped)
    : m_factor(factor), m_capped(capped), m_key(derive_key(Uuid::random().view(), "limits")),
      m_addresses(max_addresses), m_networks(max_networks), m_visitors(max_visitors), m_tenants(max_tenants) {
}

std::uint64_t RequestLimits::key(Scope scope, std::uint8_t kind, std::string_view subject) const {
    std::array<char, 48> text{static_cast<char>(scope), static_cast<char>(kind)};
    const std::size_t size = std::min(subject.size(), text.size() - 2);
    std::copy_n(subject.begin(), size, text.begin() + 2);
    return keyed_hash(m_key, {text.data(), size + 2});
}

double RequestLimits::take(Scope scope, std::uint8_t kind, std::string_view subject, double cost,
                           base::Time now) {
    const Rates &all = rates[kind];
    const auto of = [&](TokenBuckets &buckets, const BucketRate &rate) {
        if (rate.burst == 0) {
            return 0.0;
        }
        return buckets.take(key(scope, kind, subject), {rate.burst * m_factor, rate.per_second * m_factor},
                            cost, now);
    };
    switch (scope) {
    case Scope::Address:
        return of(m_addresses, all.address);
    case Scope::Network:
        return of(m_networks, all.network);
    case Scope::Visitor:
        return of(m_visitors, all.visitor);
    case Scope::Tenant:
        break;
    }
    return of(m_tenants, all.tenant);
}

double RequestLimits::take_of_sender(std::uint8_t kind, const Sender &sender, double cost, base::Time now) {
    if (const double wait = take(Scope::Address, kind, address_part(sender.address), cost, now); wait > 0) {
        return wait;
    }
    if (!sender.address.is_v4()) {
        constexpr std::size_t network_bytes = 6; // the /48
        const std::string_view network = bytes_of(sender.address, network_bytes);
        if (const double wait = take(Scope::Network, kind, network, cost, now); wait > 0) {
            return wait;
        }
    }
    return take(Scope::Visitor, kind, bytes_of(sender.visitor), cost, now);
}

double RequestLimits::take_all(std::uint8_t kind, const Sender &sender, double cost, base::Time now) {
    if (const double wait = take_of_sender(kind, sender, cost, now); wait > 0) {
        return wait;
    }
    const double wait = take(Scope::Tenant, kind, sender.tenant.view(), cost, now);
    const bool counted = kind == static_cast<std::uint8_t>(LimitedRequest::Events) || kind == new_visit_kind;
    if (wait > 0 && counted) {
        m_capped.add(sender.tenant_id, now);
    }
    return wait;
}

double RequestLimits::new_visit(const Sender &sender, base::Time now) {
    std::array<char, 24> who{};
    std::copy_n(sender.tenant.view().begin(), 16, who.begin());
    std::copy_n(bytes_of(sender.visitor).begin(), 8, who.begin() + 16);
    const std::uint64_t visit = key(Scope::Visitor, kinds, {who.data(), who.size()});
    if (m_visitors.touch(visit, a_visit_rests, now)) {
        return 0;
    }
    const double wait = take_all(new_visit_kind, sender, 1, now);
    if (wait > 0) {
        m_visitors.forget(visit);
    }
    return wait;
}

int RequestLimits::wait_to_store_s(const Uuid &tenant, base::Time now) {
    return static_cast<int>(std::ceil(take(Scope::Tenant, stored_kind, tenant.view(), 1, now)));
}

void RequestLimits::was_not_stored(const Uuid &tenant, base::Time now) {
    take(Scope::Tenant, stored_kind, tenant.view(), -1, now);
}

int RequestLimits::wait_to_accept_s(const Sender &sender, base::Time now) {
    // The visitor's number is new, so this is a new visit.
    double wait = take_all(new_visit_kind, sender, 1, now);
    if (wait <= 0) {
        wait = take(Scope::Tenant, accepted_kind, sender.tenant.view(), 1, now);
    }
    return wait > 0 ? static_cast<int>(std::ceil(wait)) : 0;
}

bool RequestLimits::may_open_visit(const Uuid &tenant, base::Time now) {
    return take(Scope::Tenant, opened_kind, tenant.view(), 1, now) <= 0;
}

int RequestLimits::wait_s(LimitedRequest kind, const Sender &sender, std::size_t bytes, base::Time now) {
    const bool events = kind == LimitedRequest::Events;
    const double cost = events ? std::max(1.0, std::ceil(static_cast<double>(bytes) / bytes_of_an_event)) : 1;
    double wait = take_all(static_cast<std::uint8_t>(kind), sender, cost, now);
    if (wait <= 0 && events) {
        wait = new_visit(sender, now);
    }
    return wait > 0 ? static_cast<int>(std::ceil(wait)) : 0;
}

} // namespace studio::renderer
