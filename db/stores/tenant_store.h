// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct NewTenant {
    std::string subdomain;
    std::string name;
    models::Documents documents; // become revision 1
    std::string media_folder{};  // 32 hex digits; "" for a random one that the database chooses
};

// Tenants and what the public site shows of them. All calls throw Error.
class TenantStore final {
public:
    explicit TenantStore(Session &session) : m_session(session) {}

    std::vector<models::TenantSummary> list();
    std::optional<models::Tenant> find(const models::TenantId &id);
    std::optional<models::Tenant> find_by_subdomain(const std::string &subdomain);
    // Creates a tenant with status preview and saves revision 1. Conflict where the subdomain is taken.
    models::Tenant create(const NewTenant &tenant);
    // Invalid where the go-live gate is not met; the message lists what is missing.
    void set_status(const models::TenantId &id, models::TenantStatus status);
    void rename(const models::TenantId &id, const std::string &name);
    void set_custom_domain(const models::TenantId &id, const std::optional<std::string> &domain);

private:
    Session &m_session;
};

} // namespace studio::db
