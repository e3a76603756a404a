// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <string>
#include <vector>

namespace studio::db {

// An address that is notified of each new booking of a tenant.
struct Webhook {
    std::string id;
    models::TenantId tenant_id;
    std::string url;
    std::string secret; // for the signature; known only when the webhook is created
    bool active = true;
    std::string created_by;
    models::Time created_at{};
};

// For operators. All calls throw Error.
class WebhookStore final {
public:
    explicit WebhookStore(Session &session) : m_session(session) {}
    Webhook add(const models::TenantId &tenant_id, const std::string &url);
    std::vector<Webhook> list(const models::TenantId &tenant_id);
    void remove(const std::string &id); // also removes messages that wait for it

private:
    Session &m_session;
};

} // namespace studio::db
