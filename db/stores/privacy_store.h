// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::db {

// What was erased, without saying whose it was. `id` is the receipt's number, which the person gets; "" where
// there was nothing to erase.
struct ErasureReceipt {
    std::string id;
    int sessions = 0, events = 0, assignments = 0, bookings = 0;
};

// How much is stored about a visitor who accepted the cookie.
struct VisitorData {
    int sessions = 0, events = 0, assignments = 0;
    std::optional<base::Time> first_at, last_at; // begin of the first and of the last visit
};

// What one run of the retention removed and made.
struct RetentionReport {
    int partitions_dropped = 0, partitions_made = 0;
    std::int64_t events = 0, sessions = 0, bookings = 0; // rows, beside those of dropped partitions
    std::int64_t bot_days = 0, attempts = 0, messages = 0, client_keys = 0, audit_entries = 0;
    std::int64_t booking_words = 0; // bookings that lost what people wrote
    std::int64_t receipts = 0, erased_subjects = 0;
};

// What a restored backup must do again, as a hash that only the database that made it can compare. Who was
// erased is kept for 90 days (a visitor 200), so that none of their data comes back with an event in flight
// or with a backup; photos whose release is withdrawn, that are hidden for another reason, and disabled
// accounts as long as they are so.
struct ErasedSubject {
    std::string kind;     // "visitor", "visit", "email", "phone", "booking", "request", "photo", "hidden",
                          // "account"; "key" shows whose hashes these are
    std::string key_hash; // 64 hexadecimal digits
    base::Time erased_at{};
    bool operator==(const ErasedSubject &) const = default;

    std::string line() const; // "visitor 0f… 1790000000000000"
    // Reads what line() writes; nullopt for anything else.
    static std::optional<ErasedSubject> of_line(std::string_view line);
};

// What apply_erasures() found and erased, withdrew and disabled.
struct AppliedErasures {
    int sessions = 0, bookings = 0, photos = 0, accounts = 0;
    int paused_photos = 0; // could be shown in the backup, and not any more when the erasures were written
};

// What stop_after_restore() ended.
struct StoppedAfterRestore {
    int calendar_addresses = 0, messages = 0;
};

// All calls throw Error.
class PrivacyStore final {
public:
    explicit PrivacyStore(Session &session) : m_session(session) {}

    // For the renderer. Bookings stay with the companion; they lose their visit and the path to them. Events
    // of this visitor that come later are dropped.
    ErasureReceipt forget_visitor(const models::TenantId &tenant_id, const std::string &visitor_id);
    VisitorData visitor_data(const models::TenantId &tenant_id, const std::string &visitor_id);

    // For staff and operators; "" means every tenant. A visit without consent may be that of several people,
    // so it stays: its bookings lose the link to it, and the receipt counts the bookings and no visit.
    ErasureReceipt forget_session(const models::TenantId &tenant_id, const models::SessionId &session_id);
    // Bookings of that address lose everything personal and their visit, the visitors who sent them are
    // erased with all their visits, and messages that wait are withdrawn.
    ErasureReceipt erase_email(const models::TenantId &tenant_id, const std::string &email);
    // The same by telephone number, in E.164 or as it was typed.
    ErasureReceipt erase_phone(const models::TenantId &tenant_id, const std::string &number);
    // One booking and, with the cookie accepted, the visitor who sent it.
    ErasureReceipt erase_booking(const models::TenantId &tenant_id, const std::string &booking_id);

    // For operators and the schema's owner: what a restored backup must erase again. The first entry, "key",
    // identifies the database.
    std::vector<ErasedSubject> erasures_to_keep();
    // For the schema's owner, after a restore: erases what these name and is older than their erasure.
    // Applying it again changes nothing. Throws Error{Invalid}, and nothing is erased, where another database
    // made them.
    AppliedErasures apply_erasures(const std::vector<ErasedSubject> &subjects);
    // For the schema's owner, after a restore: revokes the secret addresses of calendars, since any may have
    // been revoked after the backup, gives up the messages that waited, since they may have been sent by
    // then, and leaves the photo store unconfirmed (PlatformStore::photo_store_confirmed()), without the
    // steps that waited for it but those of withdrawn and deleted photos.
    StoppedAfterRestore stop_after_restore();

    // For the renderer's job and operators. Removes what is older than 24 months, in batches of a transaction
    // each, and makes the partitions of the next 12 months and of the last one. nullopt if another
    // replica is doing it. Only the schema's owner can pass a `now` that is later than the server's clock.
    std::optional<RetentionReport> retention(base::Time now);

private:
    ErasureReceipt erase(const char *statement, const models::TenantId &tenant_id, const std::string &whom);

    Session &m_session;
};

} // namespace studio::db
