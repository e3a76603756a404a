// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/kept_logins.h"

#include "app/workspace/credentials.h"
#include "app/workspace/workspace.h"
#include "db/connection/error.h"

#include <algorithm>

namespace studio::app {

namespace {

Credentials credentials_of(const std::filesystem::path &workspace) {
    return Credentials(workspace / "credentials.json");
}

// The label of a login in the file; if it has none there, the person's name.
std::string label_for(const Credentials &credentials, db::AccountStore &accounts, const std::string &login) {
    if (auto known = credentials.label_of(login); !known.empty()) {
        return known;
    }
    const auto all = accounts.list();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &account) { return account.login == login; });
    return credentials.free_label(found == all.end() ? login : found->display_name);
}

} // namespace

db::NewLogin add_kept_account(const std::filesystem::path &workspace, db::AccountStore accounts,
                              const db::NewAccount &account) {
    auto credentials = credentials_of(workspace);
    const std::string label = credentials.free_label(account.display_name);
    try {
        return accounts.add(
            account, [&](const db::NewLogin &made) { credentials.set(label, made.login, made.password); });
    } catch (const db::Error &) { // the commit failed after the file was written
        credentials.remove(label);
        throw;
    }
}

std::string reset_kept_password(const std::filesystem::path &workspace, db::AccountStore accounts,
                                const std::string &login) {
    auto credentials = credentials_of(workspace);
    const std::string label = label_for(credentials, accounts, login);
    const bool known = credentials.knows(label);
    const std::string old_password = credentials.password(label);
    try {
        return accounts.reset_password(login, [&](const db::NewLogin &changed) {
            credentials.set(label, changed.login, changed.password);
        });
    } catch (const db::Error &) {
        if (known) {
            credentials.set(label, login, old_password);
        } else {
            credentials.remove(label);
        }
        throw;
    }
}

} // namespace studio::app
