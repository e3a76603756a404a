// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"
#include "db/session.h"
#include "models/tenant.h"

#include <filesystem>
#include <optional>
#include <string>

namespace studio::ctl {

struct GlobalOptions {
    std::optional<std::string> database;  // --database URL
    std::optional<std::string> workspace; // --workspace DIR
    std::optional<std::string> media;     // --media DIR
    bool json = false;
};

// What a command works on: the local workspace, or the database that --database names.
class Context final {
public:
    explicit Context(GlobalOptions options) : m_options(std::move(options)) {}

    // As the workspace's operator, or as the login in --database. Connected on first use.
    db::Session &session();
    // As the schema's owner in the workspace, or as the login in --database.
    std::string owner_url() const;

    bool uses_workspace() const { return !m_options.database; }
    app::Workspace workspace() const;
    // The workspace's media folder or --media DIR. Throws UsageError where there is none.
    std::filesystem::path media_root() const;

    // Throws CommandFailure naming `field` where there is none, or where the login may not see it.
    models::Tenant tenant(const std::string &subdomain, const char *field = "TENANT");

private:
    GlobalOptions m_options;
    std::optional<db::Session> m_session;
};

} // namespace studio::ctl
