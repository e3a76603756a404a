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
    // Whether this installation may change what is in the photo store. After a restore it may not, until an
    // operator confirms that the store belongs to it: the copy may name the bucket of another installation.
    // Until then PhotoLibrary gives no steps and notes no file as stored.
    bool photo_store_confirmed();
    void confirm_photo_store(); // by operators

private:
    Session &m_session;
};

} // namespace studio::db
