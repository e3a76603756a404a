// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <memory>
#include <optional>
#include <string>

namespace studio::db {

// Who is signed in, as the database sees it.
struct Identity {
    std::string login;                         // PostgreSQL login
    std::string display_name;                  // accounts.display_name, else the login
    std::optional<models::Role> role;          // none for the renderer and for an owner
    std::optional<models::TenantId> tenant_id; // a companion's own tenant
    bool may_edit = false;                     // a companion who may save drafts of her own tenant
};

// One connection to PostgreSQL. Not for use by two threads at once. Connects lazily and again after a loss; a
// statement that is cut off by a loss throws Error{Unreachable} and is never sent twice.
class Session final {
public:
    // `url` is a libpq URL or keyword string. Host names that are not local get sslmode=verify-full unless it
    // is given.
    explicit Session(std::string url);
    ~Session();
    Session(Session &&) noexcept;
    Session &operator=(Session &&) noexcept;

    const std::string &url() const;
    // Asked from the server each time, so that a disabled account is seen at once. Throws Error{Forbidden}
    // for one.
    Identity identity();
    // Identifies this database: every other one has another id, also a restored copy.
    std::string database_id();
    // Makes one round trip to the server. Throws Error{Unreachable}.
    void ping();
    // Cancels a running statement; may be called from another thread.
    void cancel();

    // From now on notes whether a change was committed, at the price of one statement in each transaction.
    void note_commits();
    // Whether a change was committed, or may have been because the connection was lost during the commit.
    bool has_committed() const;

    struct Impl; // holds the libpqxx connection; complete only inside db/
    Impl &impl() { return *m_impl; }

private:
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::db
