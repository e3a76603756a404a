// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// What must be recorded before a tenant may be active.
struct IdentityVerification {
    models::TenantId tenant_id;
    std::string document_kind; // "passport", "driver_licence", "national_id", "proof_of_age_card"
    models::Time verified_at{};
    std::string verified_by;
    bool adult_confirmed = false;
};

struct PhotoRelease {
    models::TenantId tenant_id;
    std::string photo_url; // as in the photos document
    std::string recorded_by;
    models::Time recorded_at{};
};

class ComplianceStore final {
public:
    explicit ComplianceStore(Session &session) : m_session(session) {}
    std::optional<IdentityVerification> verification(const models::TenantId &tenant_id);
    void record_verification(const models::TenantId &tenant_id, const std::string &document_kind);
    std::vector<PhotoRelease> releases(const models::TenantId &tenant_id); // that were not withdrawn
    // Addresses of photos whose release was withdrawn, of all tenants that the login sees.
    std::vector<std::string> withdrawn_photos();
    void record_release(const models::TenantId &tenant_id, const std::string &photo_url);
    // The photo disappears from every page, in all its sizes, within seconds, without another publish.
    void withdraw_release(const models::TenantId &tenant_id, const std::string &photo_url);

private:
    Session &m_session;
};

} // namespace studio::db
