// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace_error.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace studio::app {

struct WorkspaceAddresses {
    // The addresses (postgresql://…) by label: "operator", "staff", "claire", "renderer", "owner", or the
    // name of a person whose account was added.
    std::map<std::string, std::string> logins;
    std::filesystem::path media; // folder
    int port = 0;                // PostgreSQL, on 127.0.0.1
};

// A private PostgreSQL cluster, a media folder and settings under one directory. Any number of programs may
// use one workspace: start() is safe against two at once (file lock), a stale pid file, a port in use
// (another is picked), a full disk (says so) and a server killed with -9 (it recovers). As root, PostgreSQL
// runs as its own user.
class Workspace final {
public:
    // $XDG_DATA_HOME/companion-studio/workspace, else ~/.local/share/…
    static std::filesystem::path default_directory();

    explicit Workspace(std::filesystem::path directory) : m_directory(std::move(directory)) {}

    struct Options {
        bool seed_demo = true; // on first start only
        // How long to wait for a server that accepts no connections while it is being set up.
        std::chrono::milliseconds patience{60'000};
    };
    // Creates the cluster on first use (schema, roles, logins, demo), starts it if it is not running, and
    // applies new migrations. Returns when it answers. Throws WorkspaceError; a server that it started is
    // then stopped again, and the next start continues from there.
    WorkspaceAddresses start(const Options &options);
    WorkspaceAddresses start() { return start(Options{}); }
    // Stops the server; ends its clients' sessions (fast shutdown). False if it was not running.
    bool stop();
    bool running() const;
    // Whether it was ended by stop() or remove() and has not crashed: then only a person starts it again.
    bool stopped() const;
    // Stops the workspace and deletes its parts: the cluster, wherever it is, pictures, passwords, logs. If
    // the folder has other files, they and the folder stay. Also deletes a cluster below /var/lib whose
    // workspace folder is gone. False where there was no workspace. Throws WorkspaceError.
    bool remove();
    // The addresses of a running workspace. Throws WorkspaceError where it does not run.
    WorkspaceAddresses addresses() const;

    // Where its PostgreSQL cluster is, see place_for_cluster(); nullopt if it has none.
    std::optional<std::filesystem::path> cluster_directory() const;
    // Whether the cluster exists but its passwords are gone with the folder: then only remove() is possible.
    bool abandoned() const;

    const std::filesystem::path &directory() const { return m_directory; }

private:
    std::filesystem::path m_directory;
};

} // namespace studio::app
