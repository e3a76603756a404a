// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"

#include <functional>
#include <string>

namespace studio::ui {

// The functions that create passwords, provided by the application. In a local workspace they also store them
// in its credentials file, so that people can sign in with one click.
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
