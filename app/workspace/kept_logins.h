// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"

#include <filesystem>
#include <string>

namespace studio::app {

// Accounts of a workspace. These functions change a login's password both in the database and in
// credentials.json, or in neither. They throw db::Error and WorkspaceError.
db::NewLogin add_kept_account(const std::filesystem::path &workspace, db::AccountStore accounts,
                              const db::NewAccount &account);
std::string reset_kept_password(const std::filesystem::path &workspace, db::AccountStore accounts,
                                const std::string &login);

} // namespace studio::app
