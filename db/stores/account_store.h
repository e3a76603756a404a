// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct Account {
    std::string login;
    std::string display_name;
    models::Role role = models::Role::Companion;
    std::optional<models::TenantId> tenant_id; // companions only
    bool may_edit = false;                     // a companion who may save drafts of her own tenant
    bool disabled = false;
    models::Time created_at{};
};

struct NewAccount {
    std::string display_name;
    models::Role role = models::Role::Companion;
    std::optional<models::TenantId> tenant_id; // companions only
    bool may_edit = false;
};

// A PostgreSQL login and the password that was made for it, which is stored nowhere in the database. The
// login's name is random: every login of a server can read the names of all others.
struct NewLogin {
    std::string login, password;
};

// Called with a new password before it is committed. If it throws, the change is rolled back.
using KeepLogin = std::function<void(const NewLogin &)>;

// For operators, and for the schema's owner, who adds the first operator. Adding makes the PostgreSQL login
// (SCRAM) as well as the row, in one transaction.
class AccountStore final {
public:
    explicit AccountStore(Session &session) : m_session(session) {}
    std::vector<Account> list();
    NewLogin add(const NewAccount &account, const KeepLogin &keep = {});
    // Ends its running sessions too. Throws Error{Incomplete} where only that failed.
    void disable(const std::string &login);
    void enable(const std::string &login);
    std::string reset_password(const std::string &login, const KeepLogin &keep = {});
    void set_may_edit(const std::string &login, bool may_edit);
    // A login for companion-renderer; it has no row in accounts.
    NewLogin add_renderer();

private:
    Session &m_session;
};

} // namespace studio::db
