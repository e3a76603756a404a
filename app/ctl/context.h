// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"
#include "db/connection/session.h"
#include "models/tenant/tenant.h"

#include <filesystem>
#include <optional>
#include <string>

namespace studio::ctl {

struct GlobalOptions {
    std::optional<std::string> database;  // --database URL, or @FILE with one
    std::optional<std::string> workspace; // --workspace DIR
    std::optional<std::string> media;     // --media DIR
    bool json = false;
};

// What a command works on: the local workspace, or the database that --database or, where neither is given,
// STUDIO_DATABASE_URL names.
class Context final {
public:
    // Throws UsageError for an invalid address.
    explicit Context(GlobalOptions options);

    // A session of the workspace's operator, or of the login in --database. Connects on first use.
    db::Session &session();
    // A session of the schema's owner in the workspace, or of the login in --database.
    db::Session &owner_session();
    std::string owner_url() const;
    // Whether one of these sessions committed a change.
    bool has_committed() const;

    bool uses_workspace() const { return !m_database; }
    app::Workspace workspace() const;
    // "companionctl workspace start" with this command's --workspace, if any, so that it can be pasted.
    std::string command_here(const std::string &words) const;
    // The workspace's media folder or --media DIR. Throws UsageError where there is none.
    std::filesystem::path media_root() const;
    bool knows_media_root() const; // else media_root() refuses

    // Throws CommandFailure naming `field` where there is none, or where the login may not see it.
    models::Tenant tenant(const std::string &subdomain, const char *field = "TENANT");

private:
    // The URL of one of the local workspace's logins.
    std::string login_of(const std::string &name) const;

    GlobalOptions m_options;
    std::optional<std::string> m_database; // none: the local workspace
    std::optional<db::Session> m_session, m_owner;
};

} // namespace studio::ctl
