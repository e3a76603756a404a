// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace studio::app {

// The cluster's directory for a workspace, created if it does not exist. It is WORKSPACE/cluster, except for
// root with a workspace that the user postgres cannot reach (such as below /root): then it is below
// /var/lib/companion-studio, and WORKSPACE/cluster.location names it. Throws WorkspaceError.
std::filesystem::path place_for_cluster(const std::filesystem::path &workspace);

// The same without creating anything; nullopt for a workspace without a cluster. One below /var/lib is also
// found if the workspace's folder is gone.
std::optional<std::filesystem::path> known_place_of_cluster(const std::filesystem::path &workspace);

} // namespace studio::app
