// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/schema_setup.h"

#include "app/workspace/answer_watch.h"
#include "app/workspace/cluster.h"
#include "app/workspace/demo_seed.h"
#include "app/workspace/files.h"
#include "db/connection/error.h"
#include "db/provision/migrator.h"
#include "db/provision/provision.h"
#include "db/stores/account_store.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::app {

namespace fs = std::filesystem;

namespace {

void make_database(Credentials &credentials, int port, std::chrono::milliseconds patience) {
    const std::string url = fmt::format("postgresql://{}:{}@127.0.0.1:{}/postgres", Cluster::superuser,
                                        credentials.password(Cluster::superuser), port);
    db::Session superuser(url);
    const AnswerWatch watch(superuser, patience);
    const std::string password = db::make_password();
    db::provision_owner(superuser, schema_owner, password);
    db::provision_database(superuser, database_name, schema_owner);
    credentials.set(schema_owner, schema_owner, password);
}

// Creates the account unless it exists. If its login is not in the credentials file, because a first start
// was interrupted, it gets a new password.
void ensure_account(db::AccountStore &accounts, const std::vector<db::Account> &known,
                    Credentials &credentials, const std::string &label, const db::NewAccount &wanted) {
    const auto same = std::find_if(known.begin(), known.end(), [&](const db::Account &account) {
        return credentials.knows(label)
                   ? account.login == credentials.login(label)
                   : account.role == wanted.role && account.display_name == wanted.display_name &&
                         account.tenant_id == wanted.tenant_id;
    });
    if (same == known.end()) {
        const db::NewLogin made = accounts.add(wanted);
        credentials.set(label, made.login, made.password);
    } else if (!credentials.knows(label)) {
        credentials.set(label, same->login, accounts.reset_password(same->login));
    }
}

void ensure_renderer(db::AccountStore &accounts, Credentials &credentials) {
    if (credentials.knows("renderer")) {
        return;
    }
    const db::NewLogin made = accounts.add_renderer();
    credentials.set("renderer", made.login, made.password);
}

// Creates a login for each companion of the demo; its label is the subdomain.
void ensure_companions(db::Session &operator_session, db::AccountStore &accounts, Credentials &credentials) {
    const auto known = accounts.list();
    for (const auto &tenant : db::TenantStore(operator_session).list()) {
        const bool of_demo = tenant.subdomain == "claire" || tenant.subdomain == "sophie" ||
                             tenant.subdomain == "jessica" || tenant.subdomain == "emma";
        if (of_demo) {
            ensure_account(accounts, known, credentials, tenant.subdomain,
                           {tenant.name, models::Role::Companion, tenant.id, tenant.subdomain == "claire"});
        }
    }
}

void set_up(const fs::path &workspace, Credentials &credentials, int port,
            const Workspace::Options &options) {
    if (!credentials.knows(schema_owner)) {
        make_database(credentials, port, options.patience);
    }
    db::Session owner(database_url(schema_owner, credentials.password(schema_owner), port));
    const AnswerWatch watch(owner, options.patience);
    db::migrate(owner);
    if (fs::exists(workspace / "ready")) {
        return;
    }
    db::AccountStore accounts(owner);
    const auto known = accounts.list();
    ensure_account(accounts, known, credentials, "operator",
                   {"Olivia Operator", models::Role::Operator, {}, false});
    ensure_account(accounts, known, credentials, "staff", {"Sam Staff", models::Role::Staff, {}, false});
    ensure_renderer(accounts, credentials);
    if (options.seed_demo) {
        db::Session operator_session(
            database_url(credentials.login("operator"), credentials.password("operator"), port));
        const AnswerWatch watch_too(operator_session, options.patience);
        seed_demo(operator_session, workspace / "media");
        ensure_companions(operator_session, accounts, credentials);
    }
    write_private_file(workspace / "ready", "");
}

std::string told(const db::Error &error, const fs::path &workspace) {
    if (error.constraint() == db::other_schema) {
        return fmt::format("{} This workspace is {}; --workspace DIR opens another one.", error.what(),
                           workspace.string());
    }
    if (error.kind() == db::ErrorKind::Unreachable) {
        return fmt::format("The local database is not responding, so the workspace {} could not be opened. "
                           "Saved work is safe. Try again; if that does not help, restart this computer.",
                           workspace.string());
    }
    return std::string("The local database could not be set up: ") + error.what();
}

} // namespace

std::string database_url(const std::string &login, const std::string &password, int port) {
    return fmt::format("postgresql://{}:{}@127.0.0.1:{}/{}", login, password, port, database_name);
}

void set_up_schema(const fs::path &workspace, Credentials &credentials, int port,
                   const Workspace::Options &options) {
    try {
        set_up(workspace, credentials, port, options);
    } catch (const db::Error &error) {
        throw WorkspaceError(told(error, workspace));
    }
}

} // namespace studio::app
