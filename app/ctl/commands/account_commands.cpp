// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/account_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "app/workspace/kept_logins.h"
#include "db/stores/account_store.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

#include <map>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

Report list_accounts(Context &context, const Arguments &) {
    std::map<models::TenantId, std::string> subdomains;
    for (const auto &tenant : db::TenantStore(context.session()).list()) {
        subdomains[tenant.id] = tenant.subdomain;
    }
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &account : db::AccountStore(context.session()).list()) {
        const std::string tenant = account.tenant_id ? subdomains[*account.tenant_id] : std::string();
        report.data.push_back({{"login", account.login},
                               {"name", account.display_name},
                               {"role", to_string(account.role)},
                               {"tenant", account.tenant_id ? models::Json(tenant) : models::Json()},
                               {"mayEdit", account.may_edit},
                               {"disabled", account.disabled},
                               {"createdAt", iso_time(account.created_at)}});
        rows.push_back({account.display_name, account.login, std::string(to_string(account.role)), tenant,
                        account.may_edit ? "edits" : "", account.disabled ? "disabled" : ""});
    }
    report.text = table({"NAME", "LOGIN", "ROLE", "TENANT", "", ""}, rows);
    return report;
}

// Finds an account by its login, or by a name that only one account has.
db::Account account_of(Context &context, const std::string &words) {
    std::vector<db::Account> named;
    for (auto &account : db::AccountStore(context.session()).list()) {
        if (account.login == words) {
            return std::move(account);
        }
        if (account.display_name == words) {
            named.push_back(std::move(account));
        }
    }
    if (named.empty()) {
        throw CommandFailure("ACCOUNT", fmt::format("There is no account \"{}\". \"{}\" shows them.", words,
                                                    context.command_here("account list")));
    }
    if (named.size() > 1) {
        std::string logins;
        for (const auto &account : named) {
            logins += (logins.empty() ? "" : ", ") + account.login;
        }
        throw CommandFailure("ACCOUNT", fmt::format("{} accounts are named \"{}\": give the login, {}.",
                                                    named.size(), words, logins));
    }
    return std::move(named.front());
}

Report with_password(const db::NewLogin &made, const std::string &name, const std::string &sentence) {
    return {{{"login", made.login}, {"name", name}, {"password", made.password}},
            fmt::format("{}\nLogin: {}\nPassword: {}\nThe password is shown only now. Pass both on safely.\n",
                        sentence, made.login, made.password)};
}

db::NewAccount wanted_account(Context &context, const Arguments &arguments) {
    const auto role = models::parse_role(arguments.text("--role"));
    if (!role) {
        throw UsageError("--role", fmt::format("must be operator, staff or companion, not \"{}\".",
                                               arguments.text("--role")));
    }
    db::NewAccount account{arguments.text("--name"), *role, {}, arguments.has("--may-edit")};
    const bool companion = account.role == models::Role::Companion;
    if (companion != arguments.has("--tenant")) {
        throw UsageError("--tenant", companion
                                         ? "is required for a companion: the subdomain of her site."
                                         : "is for companions only: operators and staff see all tenants.");
    }
    if (account.may_edit && !companion) {
        throw UsageError("--may-edit", "is for companions only.");
    }
    if (companion) {
        account.tenant_id = context.tenant(arguments.text("--tenant"), "--tenant").id;
    }
    return account;
}

// In the local workspace the password is also stored, so that the studio can sign in with it.
Report add_account(Context &context, const Arguments &arguments) {
    const auto account = wanted_account(context, arguments);
    db::AccountStore accounts(context.session());
    const auto made = context.uses_workspace()
                          ? app::add_kept_account(context.workspace().directory(), accounts, account)
                          : accounts.add(account);
    return with_password(made, account.display_name,
                         fmt::format("Created the account of {}.", account.display_name));
}

Report disable_account(Context &context, const Arguments &arguments) {
    const auto account = account_of(context, arguments.text("ACCOUNT"));
    db::AccountStore(context.session()).disable(account.login);
    return {{{"login", account.login}, {"name", account.display_name}, {"disabled", true}},
            fmt::format("{} can no longer sign in; open sessions were ended.\n", account.display_name)};
}

Report enable_account(Context &context, const Arguments &arguments) {
    const auto account = account_of(context, arguments.text("ACCOUNT"));
    db::AccountStore(context.session()).enable(account.login);
    return {{{"login", account.login}, {"name", account.display_name}, {"disabled", false}},
            fmt::format("{} can sign in again.\n", account.display_name)};
}

Report reset_password(Context &context, const Arguments &arguments) {
    const auto account = account_of(context, arguments.text("ACCOUNT"));
    db::AccountStore accounts(context.session());
    const std::string password =
        context.uses_workspace()
            ? app::reset_kept_password(context.workspace().directory(), accounts, account.login)
            : accounts.reset_password(account.login);
    return with_password({account.login, password}, account.display_name,
                         fmt::format("{} has a new password.", account.display_name));
}

} // namespace

std::vector<Command> account_commands() {
    const Positional account{"ACCOUNT", "The login, or the person's name where one account has it",
                             Arity::Required};
    return {
        {"account", "list", "All accounts", "companionctl account list", {}, {}, list_accounts},
        {"account",
         "add",
         "Creates a login for a person and shows its password once",
         "companionctl account add --role companion --tenant claire --name \"Claire Hamilton\"",
         {},
         {{"--role", "ROLE", "operator, staff or companion", true},
          {"--name", "NAME", "The person's name", true},
          {"--tenant", "TENANT", "A companion's site"},
          {"--may-edit", "", "The companion may save drafts of her site"}},
         add_account},
        {"account",
         "disable",
         "Disables a login at once",
         "companionctl account disable \"Claire Hamilton\"",
         {account},
         {},
         disable_account},
        {"account",
         "enable",
         "Enables a disabled login",
         "companionctl account enable \"Claire Hamilton\"",
         {account},
         {},
         enable_account},
        {"account",
         "reset-password",
         "Sets a new password and shows it once",
         "companionctl account reset-password \"Claire Hamilton\"",
         {account},
         {},
         reset_password},
    };
}

} // namespace studio::ctl
