// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/credentials.h"
#include "app/workspace/workspace.h"

#include <filesystem>
#include <string>

namespace studio::app {

inline constexpr const char *schema_owner = "studio_owner";
inline constexpr const char *database_name = "companion_studio";

std::string database_url(const std::string &login, const std::string &password, int port);

// Sets up a running cluster: database, migrations, logins and, on first use, the demo. Completes what an
// interrupted run left. Throws WorkspaceError.
void set_up_schema(const std::filesystem::path &workspace, Credentials &credentials, int port,
                   const Workspace::Options &options);

} // namespace studio::app
