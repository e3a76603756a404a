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
    // By label: "operator", "staff", "claire", "renderer", "owner", or the name of a person whose account was
    // added → postgresql://…
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
        // A server that takes no connections for so long while it is being set up is given up.
        std::chrono::milliseconds patience{60'000};
    };
    // Makes the cluster on first use (schema, roles, logins, demo), starts it where it does not run, applies
    // new migrations. Returns when it answers. Throws WorkspaceError; a server that it started is then
    // stopped again, and another start takes up what this one left.
    WorkspaceAddresses start(const Options &options);
    WorkspaceAddresses start() { return start(Options{}); }
    // Waits for clients to end (fast shutdown). False where it did not run.
    bool stop();
    bool running() const;
    // Somebody ended it by stop() or remove(), so it is no server that died: only a person starts it again.
    bool stopped() const;
    // Stops it and removes what it consists of, for good: the cluster, wherever it is, pictures, passwords,
    // logs. Other files in the folder stay, and the folder with them. Also the cluster that root kept
    // elsewhere for a folder that is gone. False where there was no workspace. Throws WorkspaceError.
    bool remove();
    // The addresses of a running workspace. Throws WorkspaceError where it does not run.
    WorkspaceAddresses addresses() const;

    // Where its PostgreSQL cluster is: below its folder, but for root with a folder that the user postgres
    // cannot reach. nullopt where it has none.
    std::optional<std::filesystem::path> cluster_directory() const;
    // The cluster is there and its passwords are gone with the folder: remove() is all that is left to do.
    bool abandoned() const;

    const std::filesystem::path &directory() const { return m_directory; }

private:
    std::filesystem::path m_directory;
};

} // namespace studio::app
