// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "app/workspace/credentials.h"
#include "db/account_store.h"
#include "db/tenant_store.h"

#include <fmt/format.h>

#include <map>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

Report list_accounts(Context &context, const Arguments &) {
    std::map<std::string, std::string> subdomains;
    for (const auto &tenant : db::TenantStore(context.session()).list())
        subdomains[tenant.id] = tenant.subdomain;
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
        rows.push_back({account.login, account.display_name, std::string(to_string(account.role)), tenant,
                        account.may_edit ? "edits" : "", account.disabled ? "disabled" : ""});
    }
    report.text = table({"LOGIN", "NAME", "ROLE", "TENANT", "", ""}, rows);
    return report;
}

// The local workspace keeps its own logins' passwords, so that the studio can sign in with them.
void keep_in_workspace(const Context &context, const std::string &login, const std::string &password) {
    if (context.uses_workspace())
        app::Credentials(context.workspace().directory() / "credentials.json").set(login, password);
}

Report with_password(const std::string &login, const std::string &password, const std::string &sentence) {
    return {{{"login", login}, {"password", password}},
            fmt::format("{}\nPassword: {}\nIt is shown only now. Pass it on safely.\n", sentence, password)};
}

Report add_account(Context &context, const Arguments &arguments) {
    db::Account account;
    account.login = arguments.text("LOGIN");
    const auto role = models::parse_role(arguments.text("--role"));
    if (!role)
        throw UsageError("--role", fmt::format("must be operator, staff or companion, not \"{}\".",
                                               arguments.text("--role")));
    account.role = *role;
    account.display_name = arguments.text_or("--name", account.login);
    account.may_edit = arguments.has("--may-edit");
    const bool companion = account.role == models::Role::Companion;
    if (companion != arguments.has("--tenant"))
        throw UsageError("--tenant", companion
                                         ? "is needed for a companion: the subdomain of her own site."
                                         : "is for companions only: operators and staff see all tenants.");
    if (account.may_edit && !companion)
        throw UsageError("--may-edit", "is for companions only.");
    if (companion)
        account.tenant_id = context.tenant(arguments.text("--tenant"), "--tenant").id;
    const std::string password = db::AccountStore(context.session()).add(account);
    keep_in_workspace(context, account.login, password);
    return with_password(account.login, password, fmt::format("The account {} was made.", account.login));
}

Report disable_account(Context &context, const Arguments &arguments) {
    const std::string &login = arguments.text("LOGIN");
    db::AccountStore(context.session()).disable(login);
    return {{{"login", login}, {"disabled", true}},
            fmt::format("{} cannot sign in any more; running sessions were ended.\n", login)};
}

Report enable_account(Context &context, const Arguments &arguments) {
    const std::string &login = arguments.text("LOGIN");
    db::AccountStore(context.session()).enable(login);
    return {{{"login", login}, {"disabled", false}}, fmt::format("{} can sign in again.\n", login)};
}

Report reset_password(Context &context, const Arguments &arguments) {
    const std::string &login = arguments.text("LOGIN");
    const std::string password = db::AccountStore(context.session()).reset_password(login);
    keep_in_workspace(context, login, password);
    return with_password(login, password, fmt::format("{} has a new password.", login));
}

} // namespace

std::vector<Command> account_commands() {
    const Positional login{"LOGIN", "The login's name", Arity::Required};
    return {
        {"account", "list", "All accounts", "companionctl account list", {}, {}, list_accounts},
        {"account",
         "add",
         "Makes a login and shows its password once",
         "companionctl account add claire --role companion --tenant claire",
         {login},
         {{"--role", "ROLE", "operator, staff or companion", true},
          {"--name", "NAME", "The person's name; else the login"},
          {"--tenant", "TENANT", "A companion's own site"},
          {"--may-edit", "", "The companion may save drafts of her own site"}},
         add_account},
        {"account",
         "disable",
         "Ends a login's access at once",
         "companionctl account disable claire",
         {login},
         {},
         disable_account},
        {"account",
         "enable",
         "Gives a disabled login its access back",
         "companionctl account enable claire",
         {login},
         {},
         enable_account},
        {"account",
         "reset-password",
         "Makes a new password and shows it once",
         "companionctl account reset-password claire",
         {login},
         {},
         reset_password},
    };
}

} // namespace studio::ctl
