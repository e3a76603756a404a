// SPDX-License-Identifier: Apache-2.0
#include "db/stores/account_store.h"

#include "base/text.h"
#include "db/connection/rows.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"
#include "db/stores/short_name.h"

namespace studio::db {

std::vector<Account> AccountStore::list() {
    return m_session.impl().transact([](pqxx::work &work) {
        std::vector<Account> accounts;
        for (const auto &row :
             work.exec("SELECT login, display_name, role, tenant_id, may_edit, disabled, " SQL_MICROSECONDS(
                 "created_at") " AS created FROM accounts ORDER BY lower(display_name), login")) {
            Account account;
            account.login = row["login"].c_str();
            account.display_name = row["display_name"].c_str();
            account.role = models::parse_role(row["role"].c_str()).value_or(models::Role::Companion);
            account.tenant_id = optional_tenant_id(row["tenant_id"]);
            account.may_edit = row["may_edit"].as<bool>();
            account.disabled = row["disabled"].as<bool>();
            account.created_at = time_of(row["created"]);
            accounts.push_back(std::move(account));
        }
        return accounts;
    });
}

NewLogin AccountStore::add(const NewAccount &account, const KeepLogin &keep) {
    if (account.tenant_id) {
        require_tenant_id(*account.tenant_id);
    }
    const std::string name = base::clean_line(account.display_name);
    require_short_name(name);
    const NewLogin made{random_login(), random_token(24)};
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT account_add($1, $2, $3, $4, $5, $6)", made.login, name,
                         std::string(models::to_string(account.role)), account.tenant_id, account.may_edit,
                         scram_verifier(made.password));
        if (keep) {
            keep(made);
        }
    });
    return made;
}

NewLogin AccountStore::add_renderer() {
    const NewLogin made{random_login(), random_token(24)};
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT account_add_renderer($1, $2)", made.login, scram_verifier(made.password));
    });
    return made;
}

// The login's sessions are ended after the commit, because until then it could open another one.
void AccountStore::disable(const std::string &login) {
    m_session.impl().transact(
        [&](pqxx::work &work) { work.exec_params("SELECT account_set_disabled($1, true)", login); });
    try {
        m_session.impl().transact(
            [&](pqxx::work &work) { work.exec_params("SELECT account_end_sessions($1)", login); });
    } catch (const Error &error) {
        throw Error(ErrorKind::Incomplete,
                    std::string("The account is disabled and its running sessions could not be ended: ") +
                        error.what());
    }
}

void AccountStore::enable(const std::string &login) {
    m_session.impl().transact(
        [&](pqxx::work &work) { work.exec_params("SELECT account_set_disabled($1, false)", login); });
}

std::string AccountStore::reset_password(const std::string &login, const KeepLogin &keep) {
    const NewLogin changed{login, random_token(24)};
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT account_set_password($1, $2)", login, scram_verifier(changed.password));
        if (keep) {
            keep(changed);
        }
    });
    return changed.password;
}

void AccountStore::set_may_edit(const std::string &login, bool may_edit) {
    m_session.impl().transact([&](pqxx::work &work) {
        const auto result =
            work.exec_params("UPDATE accounts SET may_edit = $2 WHERE login = $1", login, may_edit);
        if (result.affected_rows() == 0) {
            throw Error(ErrorKind::NotFound, "There is no account \"" + login + "\".");
        }
    });
}

} // namespace studio::db
