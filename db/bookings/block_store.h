// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Clients whose requests are stored as spam, or flagged where it is an internet address that is blocked. Only
// hashes of what they are known by are kept.
struct BlockedClient {
    std::string id;
    std::optional<std::string> tenant_id; // none: for every companion
    std::string kind;                     // "email", "phone", "address"
    std::string reason, created_by;
    models::Time created_at{}, expires_at{};
};

// For staff and operators, and for a companion those of her own site. All calls throw Error.
class BlockStore final {
public:
    explicit BlockStore(Session &session) : m_session(session) {}
    // `kind` is "email" or "phone" with the address or number itself, or one of these or "address" with the
    // id of a booking, whose it is then. Ends after `hours`: an internet address after 4 unless given and at
    // most 24, the others after a year. False where such a block lasts as long already.
    bool add(const std::optional<std::string> &tenant_id, const std::string &kind, const std::string &value,
             const std::string &reason, std::optional<int> hours = std::nullopt);
    std::vector<BlockedClient> list(); // newest first
    void remove(const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
