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
};

// Tenants and what the public site shows of them. All calls throw Error.
class TenantStore final {
public:
    explicit TenantStore(Session &session) : m_session(session) {}

    std::vector<models::TenantSummary> list();
    std::optional<models::Tenant> find(const std::string &id);
    std::optional<models::Tenant> find_by_subdomain(const std::string &subdomain);
    // Creates with status preview and saves revision 1. Conflict where the subdomain is taken.
    models::Tenant create(const NewTenant &tenant);
    // Invalid where the go-live gate is not met; the message lists what is missing.
    void set_status(const std::string &id, models::TenantStatus status);
    void rename(const std::string &id, const std::string &name);
    void set_custom_domain(const std::string &id, const std::optional<std::string> &domain);

private:
    Session &m_session;
};

// What must be recorded before a tenant may be active.
struct IdentityVerification {
    std::string tenant_id;
    std::string document_kind; // "passport", "driver_licence", "national_id", "proof_of_age_card"
    models::Time verified_at{};
    std::string verified_by;
    bool adult_confirmed = false;
};

struct PhotoRelease {
    std::string tenant_id;
    std::string photo_url; // as in the photos document
    std::string recorded_by;
    models::Time recorded_at{};
};

class ComplianceStore final {
public:
    explicit ComplianceStore(Session &session) : m_session(session) {}
    std::optional<IdentityVerification> verification(const std::string &tenant_id);
    void record_verification(const std::string &tenant_id, const std::string &document_kind);
    std::vector<PhotoRelease> releases(const std::string &tenant_id); // that were not withdrawn
    void record_release(const std::string &tenant_id, const std::string &photo_url);
    // Whatever is published: the photo goes from every page, in all its sizes, within seconds.
    void withdraw_release(const std::string &tenant_id, const std::string &photo_url);

private:
    Session &m_session;
};

// Links that open a tenant's draft at preview-NAME without a login until they expire.
struct ShareLink {
    std::string id, token; // token is known only when the link is made
    models::Time expires_at{};
    std::string created_by;
};

class ShareLinkStore final {
public:
    explicit ShareLinkStore(Session &session) : m_session(session) {}
    ShareLink create(const std::string &tenant_id, std::chrono::hours valid_for);
    std::vector<ShareLink> list(const std::string &tenant_id); // unexpired, without tokens
    void revoke(const std::string &id);
    // Every tenant's; for the schema's owner, after a restore. Returns how many still worked.
    std::size_t revoke_all();

private:
    Session &m_session;
};

} // namespace studio::db
