// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <chrono>
#include <string>
#include <vector>

namespace studio::db {

// Links that open a tenant's draft at preview-NAME without a login until they expire.
struct ShareLink {
    std::string id, token; // token is known only when the link is created
    models::Time expires_at{};
    std::string created_by;
};

class ShareLinkStore final {
public:
    explicit ShareLinkStore(Session &session) : m_session(session) {}
    ShareLink create(const models::TenantId &tenant_id, std::chrono::hours valid_for);
    std::vector<ShareLink> list(const models::TenantId &tenant_id); // unexpired, without tokens
    void revoke(const std::string &id);
    // Revokes the links of every tenant; for the schema's owner, after a restore. Returns how many still
    // worked.
    std::size_t revoke_all();

private:
    Session &m_session;
};

} // namespace studio::db
