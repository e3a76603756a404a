// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/cluster_place.h"

#include "app/workspace/files.h"
#include "app/workspace/process.h"
#include "app/workspace/server_user.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>

namespace studio::app {

namespace fs = std::filesystem;

namespace {

fs::path location_file(const fs::path &workspace) {
    return workspace / "cluster.location";
}

void make_private_directory(const fs::path &path) {
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        throw WorkspaceError("The folder " + path.string() + " could not be created: " +
                             std::strerror(errno) + ". Choose another folder or change its permissions.");
    }
    give_to_server_user(path);
}

bool server_user_reaches(const fs::path &path) {
    return run_as_server_user({"test", "-w", path.string()}).exit_code == 0;
}

fs::path path_outside(const fs::path &workspace) {
    const auto key = std::hash<std::string>()(fs::absolute(workspace).lexically_normal().string());
    return fs::path("/var/lib/companion-studio") / fmt::format("{:016x}", key);
}

fs::path place_outside(const fs::path &workspace) {
    const fs::path place = path_outside(workspace);
    std::error_code error;
    fs::create_directories(place.parent_path(), error);
    make_private_directory(place);
    write_private_file(location_file(workspace), place.string() + "\n");
    return place;
}

} // namespace

std::optional<fs::path> known_place_of_cluster(const fs::path &workspace) {
    std::string place;
    if (std::ifstream file(location_file(workspace)); std::getline(file, place) && !place.empty()) {
        return fs::path(place);
    }
    std::error_code unreadable;
    if (fs::exists(workspace / "cluster", unreadable)) {
        return workspace / "cluster";
    }
    if (const fs::path outside = path_outside(workspace);
        running_as_root() && fs::exists(outside, unreadable)) {
        return outside;
    }
    return std::nullopt;
}

fs::path place_for_cluster(const fs::path &workspace) {
    if (const auto known = known_place_of_cluster(workspace);
        known && fs::exists(*known) && server_user_reaches(*known)) {
        return *known;
    }
    const fs::path place = workspace / "cluster";
    const bool made = !fs::exists(place);
    make_private_directory(place);
    if (!running_as_root() || server_user_reaches(place)) {
        return place;
    }
    if (made) {
        fs::remove(place);
    }
    return place_outside(workspace);
}

} // namespace studio::app
