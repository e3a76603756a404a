// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"

#include <functional>
#include <string>

namespace studio::ui {

// What makes a new password. In a local workspace it is kept in a file as well, for signing in with one
// click; the application says how.
struct AccountPasswords {
    std::function<db::NewLogin(db::Session &, const db::NewAccount &)> add =
        [](db::Session &session, const db::NewAccount &account) {
            return db::AccountStore(session).add(account);
        };
    std::function<std::string(db::Session &, const std::string &login)> reset = [](db::Session &session,
                                                                                   const std::string &login) {
        return db::AccountStore(session).reset_password(login);
    };
};

} // namespace studio::ui
