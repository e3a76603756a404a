// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// A client whose requests are stored as spam or, where an internet address is blocked, get a flag. Only a
// hash of the address or number is stored.
struct BlockedClient {
    std::string id;
    std::optional<models::TenantId> tenant_id; // none: for every companion
    std::string kind;                          // "email", "phone", "address"
    std::string reason, created_by;
    models::Time created_at{}, expires_at{};
};

// For staff and operators; a companion has those of her own site. All calls throw Error.
class BlockStore final {
public:
    explicit BlockStore(Session &session) : m_session(session) {}
    // `kind` is "email", "phone" or "address" (an internet address). `value` is the email address or number
    // itself, or the id of a booking whose client is to be blocked, the only way for an internet address.
    // Ends after `hours`: an internet address after 4 unless given and at most 24, the others after a year.
    // False if the same block already lasts at least as long.
    bool add(const std::optional<models::TenantId> &tenant_id, const std::string &kind,
             const std::string &value, const std::string &reason, std::optional<int> hours = std::nullopt);
    // Blocks a booking's client by all of `kinds`, or by none if one of them is not possible; an internet
    // address for `address_hours`. Returns the ids of the new blocks, which remove() removes again.
    std::vector<std::string> add_of_booking(const std::string &booking, const std::vector<std::string> &kinds,
                                            const std::string &reason, int address_hours);
    std::vector<BlockedClient> list(); // newest first
    void remove(const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
