// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "db/connection/session.h"
#include "models/tenant/experiment.h"
#include "models/tenant/tenant.h"
#include "models/values/photo_store.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// A tenant as the public service sees it: only what is public.
struct PublicTenant {
    models::TenantId id;
    std::string subdomain, name;
    std::optional<std::string> custom_domain;
    models::TenantStatus status = models::TenantStatus::Inactive;
    int revision = 0; // number of the published revision
    models::Documents documents;
    std::vector<std::string> released_photos;    // pictures, of an active tenant
    std::vector<std::string> withdrawn_photos;   // pictures that nobody gets, of a draft
    std::vector<models::Experiment> experiments; // the running ones, at most one for each element
    std::int64_t version = 0;                    // changes whenever anything of this does
    models::Json availability,
        tours; // models/booking/availability.h and tour.h, of an active tenant or a draft; null for none
};

// Enough to tell whether a tenant that is in memory is still the one in the database.
struct PublicTenantVersion {
    models::TenantId id;
    std::string subdomain, name;
    std::optional<std::string> custom_domain;
    int revision = 0;
    std::int64_t version = 0;
};

// What the renderer's login may read. All calls throw Error.
class PublicStore final {
public:
    explicit PublicStore(Session &session) : m_session(session) {}
    // Of every active tenant, without its documents.
    std::vector<PublicTenantVersion> versions();
    // Active tenants, in pages through a server-side cursor so that memory stays flat. A tenant whose stored
    // documents are damaged is given to `damaged`, and the others follow.
    void each_active(const std::function<void(PublicTenant)> &found,
                     const std::function<void(const Error &)> &damaged);
    // The same as a list; throws at the first damaged tenant.
    std::vector<PublicTenant> active();
    // With any status; nullopt where there is no such tenant. Of a tenant that is not active only id,
    // subdomain and status.
    std::optional<PublicTenant> find(const models::TenantId &id);
    // The latest draft behind a share link that has not expired; nullopt for a wrong or expired token.
    std::optional<PublicTenant> draft(const std::string &subdomain, const std::string &token);

    // The domain that the database's tenants are below.
    std::string platform_domain();
    // Pictures (models::picture_of()) of all tenants that nobody gets: whose releases were withdrawn or have
    // ended, that are paused or were taken down, or that are not at the store yet.
    std::vector<std::string> withdrawn_photos();
    // A mark that changes when a release ends by its date, of which nobody is notified, or is withdrawn, or a
    // photo is paused. Cheap to ask often.
    std::string photo_ends();
    // Where the platform keeps its photos; nullopt where the setting cannot be read.
    std::optional<models::PhotoStore> photo_store();

private:
    Session &m_session;
};

} // namespace studio::db
