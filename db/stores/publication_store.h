// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>

namespace studio::db {

struct Publication {
    std::string tenant_name;
    models::Time at{};
    bool operator==(const Publication &) const = default;
};

struct LivePublication {
    int revision = 0;
    std::string published_by; // the person's name or else login; "" if this login may not see it
    models::Time at{};
    bool operator==(const LivePublication &) const = default;
};

class PublicationStore final {
public:
    explicit PublicationStore(Session &session) : m_session(session) {}
    // The latest publication that this login may see.
    std::optional<Publication> last();
    // What is published of one tenant; nullopt for nothing.
    std::optional<LivePublication> live(const models::TenantId &tenant_id);

private:
    Session &m_session;
};

} // namespace studio::db
