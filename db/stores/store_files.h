// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "db/stores/photo_library.h"
#include "models/tenant/tenant.h"
#include "models/values/store_contents.h"

#include <cstdint>
#include <string>
#include <vector>

namespace studio::db {

// What should be in the platform's photo store, for whoever moves it or compares it. Calls throw Error.
class StoreFiles final {
public:
    explicit StoreFiles(Session &session) : m_session(session) {}

    // Of all companions that the login sees.
    models::StoreContents all();
    models::StoreContents of(const models::TenantId &tenant);
    // Files of libraries that the store has.
    std::int64_t stored();
    // Steps of takedowns, pauses and resumes that are not done at the store.
    std::int64_t open_steps();
    // Whether the step is still that of whoever claimed it: not done, not given up, its five minutes not
    // over.
    bool is_claimed(const PhotoStep &step);
    // By operators: the store does not have these files. Pages leave their photos out from now on.
    void mark_missing(const models::TenantId &tenant, const std::vector<std::string> &keys);

private:
    models::StoreContents read(const std::string &tenant);

    Session &m_session;
};

} // namespace studio::db
