// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/session.h"

#include <cstdint>
#include <optional>
#include <string>

namespace studio::db {

// What was erased, without saying whose it was. `id` is the number that a person is told.
struct ErasureReceipt {
    std::string id;
    int sessions = 0, events = 0, assignments = 0, bookings = 0;
};

// What is held of a visitor who accepted. Times are microseconds since 1970, UTC.
struct Held {
    int sessions = 0, events = 0, assignments = 0;
    std::optional<std::int64_t> first_us, last_us; // begin of the first and of the last visit
};

// What one run of the retention removed and made.
struct RetentionReport {
    int partitions_dropped = 0, partitions_made = 0;
    std::int64_t events = 0, sessions = 0, bookings = 0; // rows, beside those of dropped partitions
    std::int64_t bot_days = 0, attempts = 0, messages = 0, client_keys = 0, audit_entries = 0;
};

// All calls throw Error.
class PrivacyStore final {
public:
    explicit PrivacyStore(Session &session) : m_session(session) {}

    // For the renderer. Bookings stay with the companion; they lose their visit and the path to them.
    ErasureReceipt forget_visitor(const std::string &tenant_id, const std::string &visitor_id);
    // Also for staff and operators, who may give "" as the tenant.
    ErasureReceipt forget_session(const std::string &tenant_id, const std::string &session_id);
    Held held(const std::string &tenant_id, const std::string &visitor_id);

    // For staff and operators; "" is every tenant. Bookings of that address lose everything personal, their
    // visits and the visitor's other visits are erased, and messages that wait are withdrawn.
    ErasureReceipt erase_email(const std::string &tenant_id, const std::string &email);

    // For the renderer's job and operators. Removes what is older than 24 months, in batches of a transaction
    // each, and makes the partitions of the next 12 months and of the last one. nullopt where another one
    // runs it. `now_us` is never later than the server's clock but for the schema's owner.
    std::optional<RetentionReport> retention(std::int64_t now_us);

private:
    Session &m_session;
};

} // namespace studio::db
