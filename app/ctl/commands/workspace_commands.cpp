// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/workspace_commands.h"

#include "app/ctl/failure.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

app::Workspace local_workspace(const Context &context) {
    if (!context.uses_workspace()) {
        throw UsageError("--database", "cannot be combined with a local workspace.");
    }
    return context.workspace();
}

models::Json to_json(const app::Workspace &workspace, const app::WorkspaceAddresses &addresses) {
    models::Json logins = models::Json::object();
    for (const auto &[name, url] : addresses.logins) {
        logins[name] = url;
    }
    return {{"running", true},
            {"directory", workspace.directory().string()},
            {"cluster", workspace.cluster_directory().value_or("").string()},
            {"port", addresses.port},
            {"media", addresses.media.string()},
            {"logins", logins}};
}

// Starts the workspace. What a failed first start has created stays, and the next start continues with it.
app::WorkspaceAddresses started(app::Workspace &workspace, bool with_demo) {
    const bool was_whole = std::filesystem::exists(workspace.directory() / "ready");
    try {
        return workspace.start({with_demo});
    } catch (const app::WorkspaceError &error) {
        if (was_whole || !workspace.cluster_directory()) {
            throw;
        }
        throw PartlyDone(fmt::format(
            "{} What was created is kept: start it again to complete it, or remove it.", error.what()));
    }
}

Report start(Context &context, const Arguments &arguments) {
    app::Workspace workspace = local_workspace(context);
    const auto addresses = started(workspace, !arguments.has("--empty"));
    return {to_json(workspace, addresses),
            fmt::format("The workspace {} is running, PostgreSQL on port {}.\n",
                        workspace.directory().string(), addresses.port)};
}

Report stop(Context &context, const Arguments &) {
    app::Workspace workspace = local_workspace(context);
    const bool stopped = workspace.stop();
    return {{{"running", false}, {"stopped", stopped}, {"directory", workspace.directory().string()}},
            fmt::format("The workspace {} {}.\n", workspace.directory().string(),
                        stopped ? "was stopped" : "was not running")};
}

bool removed_whole(app::Workspace &workspace) {
    try {
        return workspace.remove();
    } catch (const app::WorkspaceError &error) {
        throw PartlyDone(fmt::format("A part may already be removed. {}", error.what()));
    }
}

Report remove(Context &context, const Arguments &arguments) {
    app::Workspace workspace = local_workspace(context);
    const std::string folder = workspace.directory().string();
    if (!arguments.has("--yes")) {
        throw UsageError("--yes", fmt::format("is required: the database and the photos in {} are deleted "
                                              "permanently. \"{}\" makes a copy.",
                                              folder, context.command_here("backup create FILE")));
    }
    const bool removed = removed_whole(workspace);
    return {{{"removed", removed}, {"directory", folder}},
            removed ? fmt::format("The workspace {} was removed.\n", folder)
                    : fmt::format("There is no workspace in {}.\n", folder)};
}

// The folder of the workspace's cluster; "" where there is none.
std::string cluster_of(const app::Workspace &workspace) {
    return workspace.cluster_directory().value_or("").string();
}

std::string words_for_cluster(const Context &context, const app::Workspace &workspace) {
    const std::string cluster = cluster_of(workspace);
    if (cluster.empty()) {
        return "It has no database yet.\n";
    }
    if (workspace.abandoned()) {
        return fmt::format(
            "Its folder was removed by hand, and its database is still in {}: \"{}\" removes it.\n", cluster,
            context.command_here("workspace remove --yes"));
    }
    return fmt::format("Its database is in {}.\n", cluster);
}

// "postgresql://u1:secret@localhost/studio" as "postgresql://u1@localhost/studio".
std::string without_password(const std::string &url) {
    const std::size_t user = url.find("://"), at = url.rfind('@');
    const std::size_t colon = user == std::string::npos ? user : url.find(':', user + 3);
    if (at == std::string::npos || colon == std::string::npos || colon > at) {
        return url;
    }
    return url.substr(0, colon) + url.substr(at);
}

Report status(Context &context, const Arguments &arguments) {
    const app::Workspace workspace = local_workspace(context);
    const std::string folder = workspace.directory().string();
    if (!workspace.running()) {
        return {{{"running", false},
                 {"directory", folder},
                 {"cluster", cluster_of(workspace)},
                 {"abandoned", workspace.abandoned()}},
                fmt::format("The workspace {} is not running.\n", folder) +
                    words_for_cluster(context, workspace)};
    }
    const auto addresses = workspace.addresses();
    std::string text =
        fmt::format("The workspace {} is running, PostgreSQL on port {}.\n", folder, addresses.port) +
        words_for_cluster(context, workspace);
    const bool shows_passwords = arguments.has("--passwords");
    for (const auto &[name, url] : addresses.logins) {
        text += fmt::format("  {}: {}\n", name, shows_passwords ? url : without_password(url));
    }
    return {to_json(workspace, addresses), text};
}

} // namespace

std::vector<Command> workspace_commands() {
    return {
        {"workspace",
         "start",
         "Starts it; creates it if there is none",
         "companionctl workspace start --workspace ~/studio",
         {},
         {{"--empty", "", "Create it without the demo tenants"}},
         start},
        {"workspace", "stop", "Stops it", "companionctl workspace stop", {}, {}, stop},
        {"workspace",
         "remove",
         "Deletes its database, photos and passwords",
         "companionctl workspace remove --workspace ~/studio --yes",
         {},
         {{"--yes", "", "Confirm the deletion"}},
         remove},
        {"workspace",
         "status",
         "Shows whether it is running, and its addresses",
         "companionctl workspace status",
         {},
         {{"--passwords", "", "Show the passwords of the logins, as --json does"}},
         status},
    };
}

} // namespace studio::ctl
