// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// The revisions that the publishing person sees as live and as newest; nullopt: not compared.
struct KnownRevisions {
    struct Live {
        std::optional<int> number; // nullopt: nothing is published
    };
    std::optional<Live> live;
    std::optional<int> latest; // the newest revision
};

// Drafts as a chain of revisions, and publishing. All calls throw Error.
class RevisionStore final {
public:
    explicit RevisionStore(Session &session) : m_session(session) {}

    std::vector<models::RevisionSummary> list(const models::TenantId &tenant_id); // newest first
    std::optional<models::Revision> latest(const models::TenantId &tenant_id);
    std::optional<models::RevisionSummary> latest_summary(const models::TenantId &tenant_id);
    std::optional<models::Revision> find(const models::TenantId &tenant_id, int number);

    // Saves a revision on top of `base_number` (0 for the first). Throws Error{Conflict} where a newer
    // revision exists: nothing is written, and the caller merges with latest(). Documents may be invalid: a
    // draft may. `idempotency_key` (a UUID) makes a repeat after a lost connection return the revision
    // already saved.
    models::RevisionSummary save(const models::TenantId &tenant_id, int base_number,
                                 const models::Documents &documents, const std::string &note,
                                 const std::string &idempotency_key);

    // The revision that a save with this key made.
    std::optional<models::Revision> find_by_key(const models::TenantId &tenant_id,
                                                const std::string &idempotency_key);

    // Copies one revision to the live columns in one transaction and notifies the public service. Throws
    // Error{Invalid} for documents with errors or where the go-live gate of an active tenant is not met.
    // Publishing the revision that is live already does nothing. Throws Error{Conflict}, and publishes
    // nothing, where another revision than the known one is live or a newer one than the known was saved.
    void publish(const models::TenantId &tenant_id, int number, const KnownRevisions &known = {});

    // Both in one transaction: afterwards the revision is saved and live, or nothing changed.
    models::RevisionSummary save_and_publish(const models::TenantId &tenant_id, int base_number,
                                             const models::Documents &documents, const std::string &note,
                                             const std::string &idempotency_key);

private:
    models::RevisionSummary save(const models::TenantId &tenant_id, int base_number,
                                 const models::Documents &documents, const std::string &note,
                                 const std::string &idempotency_key, bool publish);

    Session &m_session;
};

} // namespace studio::db
