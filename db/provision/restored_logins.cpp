// SPDX-License-Identifier: Apache-2.0
#include "db/provision/restored_logins.h"

#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *select_missing =
    "SELECT a.login, a.role, a.disabled FROM accounts a"
    " WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = a.login) ORDER BY a.login";

} // namespace

std::map<std::string, std::string> make_restored_logins(Session &owner) {
    return owner.impl().transact([](pqxx::work &work) {
        std::map<std::string, std::string> passwords;
        for (const auto &row : work.exec(select_missing)) {
            const std::string login = row["login"].c_str();
            const std::string password = random_token(24);
            work.exec_params("SELECT studio_make_login($1, $2, $3)", login,
                             "studio_" + std::string(row["role"].c_str()), scram_verifier(password));
            if (row["disabled"].as<bool>()) {
                work.exec_params("SELECT account_set_disabled($1, true)", login);
            }
            passwords[login] = password;
        }
        return passwords;
    });
}

void ensure_operator(Session &owner, const std::string &login, const std::string &display_name) {
    owner.impl().transact([&](pqxx::work &work) {
        work.exec_params("INSERT INTO accounts (login, display_name, role) VALUES ($1, $2, 'operator')"
                         " ON CONFLICT (login) DO NOTHING",
                         login, display_name);
    });
}

void renew_installation_id(Session &owner) {
    owner.impl().transact([](pqxx::work &work) {
        work.exec0(
            "UPDATE platform_settings SET value = gen_random_uuid()::text WHERE name = 'installation_id'");
    });
}

} // namespace studio::db
