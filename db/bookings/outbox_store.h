// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Sent separately, so that a slow webhook never delays emails.
enum class OutboxChannel { Mail, Webhook };

struct OutboxMessage {
    std::string id;
    std::string kind; // "visitor_email", "companion_email", "client_…", "companion_…", "webhook"
    models::TenantId tenant_id;
    int attempts = 0; // this one included
    // {"booking": {id, name, email, phone, service, message, duration, preferredAt, preferredEndAt, timeZone,
    // status, createdAt, startsAt, endsAt, placeKind, place, source, reasonCode, answerBy, calendarSequence,
    // depositState, depositMinor, depositDueAt, depositReference, clientToken, companionToken, question,
    // answer, words, lastAction, agenda}, "tenant": {id, name, subdomain, customDomain, contactEmail,
    // timeZone, currency, emails, services}, "webhook": {id, url, secret} or null}. Times are RFC 3339 in
    // UTC; absent values are null. "emails" is content.bookingEmails as published; "words" is what was
    // written to the client with the change, "answer" what the client wrote with it.
    models::Json payload;
    int refusals = 0; // for good, before this attempt
};

struct OutboxCounts {
    std::int64_t pending = 0, sent = 0, dead = 0; // sent ones are kept for seven days
    std::int64_t oldest_pending_s = 0;            // age of the oldest that waits
    std::int64_t without_address =
        0; // that wait or are dead because a companion's site names no email address
};

// A message that could not be sent.
struct UndeliveredMessage {
    std::string id, booking_id;
    models::TenantId tenant_id;
    std::string kind;
    bool given_up = false; // else it is tried again automatically
    int attempts = 0;
    std::string reason; // a short code: models/booking/delivery_words.h
    models::Time created_at{};
    std::optional<models::Time> next_try_at, given_up_at;
};

// Messages that wait to be sent. A row holds ids only: a message's text is read when it is claimed, so a
// dead one holds no personal data. All calls throw Error.
class OutboxStore final {
public:
    explicit OutboxStore(Session &session) : m_session(session) {}
    // The messages of the channel that are due, oldest first; no other replica gets them for `lease_s`
    // seconds. Messages to a webhook that was switched off are given up instead.
    std::vector<OutboxMessage> claim(OutboxChannel channel, int max_messages, int lease_s);
    // Whether the claim still stands: false once the message was erased with its booking, its webhook was
    // switched off, or its lease ended and another replica claimed it. Call it just before sending.
    bool is_held(const OutboxMessage &message);
    void sent(const std::string &id);
    // `reason` is a short code such as "smtp_451", never text of a server. `refused`: for good, and counted.
    void failed(const std::string &id, const std::string &reason, int retry_in_s, bool dead,
                bool refused = false);
    OutboxCounts counts();

    // For people: those of one booking, or all that the login may see; newest first, at most 1,000.
    std::vector<UndeliveredMessage> undelivered(const std::optional<std::string> &booking_id = {});
    // Tries the message again. Throws NotFound if that is not possible: it was sent, is tried automatically
    // within minutes, or the login may not see it.
    void retry(const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
