// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct AuditEntry {
    models::Time at{};
    std::string login;
    std::string name;   // of the person; the login's name if it has no account
    std::string action; // "insert", "update", "delete"
    std::string table;
    std::string row_id;
    std::optional<models::TenantId> tenant_id;
    models::Json changes; // column → [before, after], secrets and documents left out
};

class AuditStore final {
public:
    explicit AuditStore(Session &session) : m_session(session) {}
    std::vector<AuditEntry> list(const std::optional<models::TenantId> &tenant_id, int limit);

private:
    Session &m_session;
};

} // namespace studio::db
