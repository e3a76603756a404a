// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace studio::db {

// One visit. An empty string means that nothing is known. Without
// consent everything that only few visitors share is left out, whatever these fields hold: visitor_id,
// user_agent, ip, referrer, browser, utm_term and utm_content.
struct TrackedSession {
    models::SessionId id;
    models::TenantId tenant_id;
    // UUID that finds the visit for as long as it is open, whatever `id` says: 30 minutes without an event
    // end it, and the next begins under `id`. "": the visit is `id`.
    std::string key;
    std::string visitor_id;                                                  // UUID; only with consent
    std::string utm_source, utm_medium, utm_campaign, utm_term, utm_content; // at most 100 characters each
    std::string referrer;                                                    // a host
    std::string user_agent;                                                  // at most 1000 characters
    std::string ip;          // masked: /24 of IPv4, /48 of IPv6; anything else is refused
    std::string country;     // ISO 3166 alpha-2
    std::string device_type; // at most 20 characters
    std::string browser;     // at most 50 characters
    std::string bot_class;   // "search", "ai", "seo", "monitoring", "social", "headless", "other"
    bool consented = false;
    base::Time started_at{};
};

struct TrackedEvent {
    std::string id; // UUID made by the client: a resend is counted once
    // The id of a session in the batch, or of a visit of the same tenant that was recorded earlier; else the
    // event is dropped.
    models::SessionId session_id;
    models::TenantId tenant_id;
    std::string type;     // an event type of renderer/events/event_types.cpp
    std::string data;     // JSON; "" for none
    std::string page_url; // at most 255 characters
    base::Time at{};
};

// A visitor saw a variant of a running experiment.
struct TrackedExposure {
    models::SessionId session_id;
    models::TenantId tenant_id;
    std::string test_id, variant_id;
    int phase = 1;
    base::Time at{};
};

struct TrackedBatch {
    std::vector<TrackedSession> sessions;
    std::vector<TrackedEvent> events;
    std::vector<TrackedExposure> exposures;
};

// A visitor accepts the cookie. Of the earlier events only those that this page load sent move to the new
// visit.
struct Acceptance {
    TrackedSession session; // consented, with the visitor as its key; its campaign comes from the events
    std::vector<std::string> event_ids; // UUIDs
};

// Hits of bots on a tenant's pages.
struct BotVisits {
    models::TenantId tenant_id;
    std::int64_t day = 0; // since 1970, UTC
    std::string bot_class;
    std::int64_t hits = 0;
};

// Writes visits, for the renderer. All calls throw Error.
class TrackingStore final {
public:
    explicit TrackingStore(Session &session) : m_session(session) {}
    // One transaction; repeating it changes nothing. Rows of tenants that are not active, events without
    // their visit, exposures of experiments that do not run and everything of an erased visitor or visit are
    // left out. A batch never adds to another person's visit: one with another visitor_id, or one with a
    // visitor_id where the batch has none. Gives the number of events that were new. Text that is no UTF-8,
    // holds NUL (also as \u0000 in data) or breaks a limit above throws Error{Invalid} and nothing of the
    // batch is stored.
    std::size_t record(const TrackedBatch &batch);
    // Returns the id of the visit that is open under the key, which stays open; where there is none, opens
    // one under `fresh_id`.
    models::SessionId open_visit(const models::TenantId &tenant_id, const std::string &key,
                                 const models::SessionId &fresh_id);
    // Opens the consented visit and moves the events of the last day that are in visits without consent of
    // the same tenant. Gives how many moved. Repeating it changes nothing.
    std::size_t accept(const Acceptance &acceptance);
    // Removes the keys of visits that have ended: later events begin new visits.
    void close_idle_visits();
    // The salt of that day (days since 1970, UTC): 32 bytes, the same for every replica; created where it is
    // missing. Destroys those of days that are over. If `day` is over by the database's clock, today's salt
    // is returned.
    std::string salt(std::int64_t day);
    // Adds to the stored counts.
    void add_bot_visits(const std::vector<BotVisits> &visits);

private:
    Session &m_session;
};

} // namespace studio::db
