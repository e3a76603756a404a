// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/values/photo_store.h"

namespace studio::db {

// Settings of the whole platform. All calls throw Error.
class PlatformStore final {
public:
    explicit PlatformStore(Session &session) : m_session(session) {}
    // Every person's login may read it.
    models::PhotoStore photo_store();
    // For operators. `store` must be valid.
    void set_photo_store(const models::PhotoStore &store);

private:
    Session &m_session;
};

} // namespace studio::db
