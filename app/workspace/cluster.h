// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"

#include <filesystem>
#include <optional>
#include <string>

namespace studio::app {

// A PostgreSQL cluster of our own: data, log and socket below one directory. It listens on 127.0.0.1 and on a
// Unix socket. Not safe for two programs at once: the caller holds a lock. All functions throw
// WorkspaceError.
class Cluster final {
public:
    static constexpr const char *superuser = "postgres";

    enum class Durability {
        Full,
        NoFsync // survives a killed server, not a killed machine: for tests
    };

    explicit Cluster(const std::filesystem::path &directory, Durability durability = Durability::Full);

    bool exists() const;
    // Creates the cluster: UTF-8, SCRAM for every login. An interrupted creation is as if it had not begun.
    void create(const std::string &superuser_password);
    // Starts it and waits until it answers; on `preferred_port` if that is free. Returns the port.
    int start(int preferred_port);
    // Fast shutdown: sessions are ended, nothing committed is lost. False if it was not running.
    bool stop();

    struct Running {
        int process = 0;
        int port = 0;
    };
    std::optional<Running> running() const;

    // Where the server's Unix socket is: below the cluster, or in a private directory of its own below /tmp
    // where the cluster's path is too long for a socket or holds characters that PostgreSQL would split at.
    std::filesystem::path socket_directory() const;
    const std::filesystem::path &directory() const { return m_directory; }
    std::filesystem::path data() const { return m_directory / "data"; }
    std::filesystem::path log() const { return m_directory / "server.log"; }

private:
    std::string configuration() const;
    void make_socket_directory() const;
    void remove_stale_pid_file() const;
    void rotate_log() const;
    std::string log_after(std::uintmax_t offset) const;

    std::filesystem::path m_directory;
    Durability m_durability;
};

} // namespace studio::app
