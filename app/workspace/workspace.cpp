// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/workspace.h"

#include "app/workspace/cluster.h"
#include "app/workspace/cluster_place.h"
#include "app/workspace/credentials.h"
#include "app/workspace/files.h"
#include "app/workspace/schema_setup.h"
#include "db/provision/provision.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cstdlib>
#include <fstream>

namespace studio::app {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t needed_bytes = 200U << 20U;

// Everything that the product's programs and ./dev store in a workspace. The lock is last, because it is
// removed last.
constexpr const char *parts[] = {"cluster",
                                 "cluster.location",
                                 "media",
                                 "log",
                                 "port",
                                 "credentials.json",
                                 "ready",
                                 "session-secret",
                                 "studio.started",
                                 "stopped",
                                 "credentials.json.lock",
                                 "studio.lock",
                                 "lock"};

void remove_whole(const fs::path &path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
        throw WorkspaceError(path.string() + " could not be removed: " + error.message() +
                             ". Change its permissions and remove the workspace again.");
    }
}

fs::path credentials_file(const fs::path &workspace) {
    return workspace / "credentials.json";
}

fs::path port_file(const fs::path &workspace) {
    return workspace / "port";
}

fs::path stopped_mark(const fs::path &workspace) {
    return workspace / "stopped";
}

void make_directory(const fs::path &path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        throw WorkspaceError("The folder " + path.string() + " could not be created: " + error.message() +
                             ". Choose another folder or change its permissions.");
    }
}

void require_space(const fs::path &path) {
    struct statvfs status {};
    if (statvfs(path.c_str(), &status) == 0 && status.f_bavail * status.f_frsize < needed_bytes) {
        throw WorkspaceError(
            fmt::format("The disk is full: a new workspace needs {} MB in {}. Nothing was changed. Free "
                        "some space and start again.",
                        needed_bytes >> 20U, path.string()));
    }
}

int preferred_port(const fs::path &workspace) {
    int port = 0;
    std::ifstream(port_file(workspace)) >> port;
    return port;
}

WorkspaceAddresses addresses_at(const fs::path &workspace, const Credentials &credentials, int port) {
    WorkspaceAddresses addresses;
    addresses.media = workspace / "media";
    addresses.port = port;
    for (const auto &[label, login] : credentials.logins()) {
        if (label == Cluster::superuser) {
            continue;
        }
        addresses.logins[label == schema_owner ? "owner" : label] =
            database_url(login.name, login.password, port);
    }
    return addresses;
}

// remove() deletes media/, so a workspace is not created in a folder that already has pictures.
void require_no_pictures_of_others(const fs::path &workspace) {
    const fs::path media = workspace / "media";
    std::error_code error;
    if (!known_place_of_cluster(workspace) && fs::exists(media, error) && !fs::is_empty(media, error)) {
        throw WorkspaceError("The folder " + media.string() +
                             " has files but no database. Nothing was changed. Choose another folder, or "
                             "move the files away first.");
    }
}

void make_cluster(Cluster &cluster, Credentials &credentials) {
    require_space(cluster.directory());
    if (!credentials.knows(Cluster::superuser)) {
        credentials.set(Cluster::superuser, Cluster::superuser, db::make_password());
    }
    cluster.create(credentials.password(Cluster::superuser));
}

int start_cluster(const fs::path &workspace, Cluster &cluster) {
    const auto running = cluster.running();
    const int port = running ? running->port : cluster.start(preferred_port(workspace));
    if (port != preferred_port(workspace)) {
        write_private_file(port_file(workspace), std::to_string(port) + "\n");
    }
    return port;
}

// Stops a server whose set-up failed. Errors of stopping are ignored, because the set-up's own error is
// reported.
void stop_quietly(Cluster &cluster) {
    try {
        cluster.stop();
    } catch (const WorkspaceError &) {
        return;
    }
}

// Starts the server and waits for an answer. A server found running may be shutting down at this moment; it
// is then started once more.
int start_answering(const fs::path &workspace, Cluster &cluster, Credentials &credentials,
                    const Workspace::Options &options) {
    const bool ran_before = cluster.running().has_value();
    int port = start_cluster(workspace, cluster);
    try {
        try {
            set_up_schema(workspace, credentials, port, options);
        } catch (const WorkspaceError &) {
            if (cluster.running()) {
                throw;
            }
            port = start_cluster(workspace, cluster);
            set_up_schema(workspace, credentials, port, options);
        }
    } catch (const WorkspaceError &) {
        if (!ran_before) {
            stop_quietly(cluster);
        }
        throw;
    }
    return port;
}

} // namespace

fs::path Workspace::default_directory() {
    const char *data = std::getenv("XDG_DATA_HOME");
    if (data && fs::path(data).is_absolute()) {
        return fs::path(data) / "companion-studio/workspace";
    }
    const char *home = std::getenv("HOME");
    return fs::path(home ? home : "/") / ".local/share/companion-studio/workspace";
}

WorkspaceAddresses Workspace::start(const Options &options) {
    require_no_pictures_of_others(m_directory);
    make_directory(m_directory);
    const FileLock lock(m_directory / "lock");
    make_directory(m_directory / "media");
    Credentials credentials(credentials_file(m_directory));
    Cluster cluster(place_for_cluster(m_directory));
    if (!cluster.exists()) {
        make_cluster(cluster, credentials);
    } else if (!credentials.knows(Cluster::superuser)) {
        throw WorkspaceError(
            "The database of the workspace " + m_directory.string() + " is still in " +
            cluster.directory().string() +
            ", and its passwords are gone: the workspace's folder was removed by hand. Nothing "
            "was changed. \"companionctl workspace remove --yes --workspace DIR\" with this folder removes "
            "the "
            "rest of it, or choose another folder.");
    }
    const int port = start_answering(m_directory, cluster, credentials, options);
    fs::remove(stopped_mark(m_directory));
    return addresses_at(m_directory, credentials, port);
}

bool Workspace::stop() {
    if (!fs::exists(m_directory / "lock")) {
        return false;
    }
    const FileLock lock(m_directory / "lock");
    const auto place = known_place_of_cluster(m_directory);
    if (!place || !Cluster(*place).running()) {
        return false;
    }
    // Written before the server ends, because studios that lose the connection look for this file.
    write_private_file(stopped_mark(m_directory), "");
    try {
        return Cluster(*place).stop();
    } catch (const WorkspaceError &) {
        fs::remove(stopped_mark(m_directory));
        throw;
    }
}

bool Workspace::remove() {
    if (!fs::exists(m_directory / "lock") && !cluster_directory()) {
        return false;
    }
    make_directory(m_directory); // the lock needs the folder, which may be gone
    const FileLock lock(m_directory / "lock");
    if (const auto place = known_place_of_cluster(m_directory)) {
        Cluster cluster(*place);
        cluster.stop();
        remove_whole(cluster.socket_directory());
        remove_whole(*place);
    }
    for (const char *part : parts) {
        remove_whole(m_directory / part);
    }
    std::error_code other_files_stay;
    fs::remove(m_directory, other_files_stay);
    return true;
}

bool Workspace::stopped() const {
    return !known_place_of_cluster(m_directory) || fs::exists(stopped_mark(m_directory));
}

bool Workspace::running() const {
    const auto place = known_place_of_cluster(m_directory);
    return place && Cluster(*place).running().has_value();
}

std::optional<fs::path> Workspace::cluster_directory() const {
    return known_place_of_cluster(m_directory);
}

bool Workspace::abandoned() const {
    const auto place = cluster_directory();
    return place && Cluster(*place).exists() &&
           !Credentials(credentials_file(m_directory)).knows(Cluster::superuser);
}

WorkspaceAddresses Workspace::addresses() const {
    const auto place = known_place_of_cluster(m_directory);
    const auto running = place ? Cluster(*place).running() : std::nullopt;
    if (!running) {
        throw WorkspaceError("The workspace " + m_directory.string() + " is not running.");
    }
    return addresses_at(m_directory, Credentials(credentials_file(m_directory)), running->port);
}

} // namespace studio::app
