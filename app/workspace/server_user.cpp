// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/server_user.h"

#include "app/workspace/process.h"

#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace studio::app {

namespace fs = std::filesystem;

fs::path postgresql_programs(int major_version) {
    fs::path newest;
    int newest_version = 0;
    std::error_code missing;
    for (const auto &entry : fs::directory_iterator("/usr/lib/postgresql", missing)) {
        const int version = std::atoi(entry.path().filename().c_str());
        const bool wanted = major_version == 0 ? version > newest_version : version == major_version;
        if (wanted && fs::exists(entry.path() / "bin/pg_ctl") && fs::exists(entry.path() / "bin/initdb")) {
            newest = entry.path() / "bin";
            newest_version = version;
        }
    }
    if (newest.empty()) {
        throw WorkspaceError(major_version == 0
                                 ? "PostgreSQL is not installed: install the package postgresql-15."
                                 : "This workspace needs PostgreSQL " + std::to_string(major_version) +
                                       ": install the package postgresql-" + std::to_string(major_version) +
                                       ".");
    }
    return newest;
}

unsigned int server_user_id() {
    if (!running_as_root()) {
        return geteuid();
    }
    const passwd *user = getpwnam("postgres");
    if (!user) {
        throw WorkspaceError("There is no system user \"postgres\": install the package postgresql-15.");
    }
    return user->pw_uid;
}

void give_to_server_user(const fs::path &path) {
    if (running_as_root() &&
        lchown(path.c_str(), server_user_id(), getpwuid(server_user_id())->pw_gid) != 0) {
        throw WorkspaceError(path.string() +
                             " could not be given to the user postgres: " + std::strerror(errno) + ".");
    }
}

} // namespace studio::app
