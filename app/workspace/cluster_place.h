// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>

namespace studio::app {

// The cluster's directory for a workspace, made where it does not exist. It is WORKSPACE/cluster, but for
// root with a workspace that the user postgres cannot reach (below /root, say): then it is below
// /var/lib/companion-studio, and WORKSPACE/cluster.location names it. Throws WorkspaceError.
std::filesystem::path place_for_cluster(const std::filesystem::path &workspace);

// The same without making anything; nullopt for a workspace that has no cluster yet. One that root kept
// elsewhere is found also when the workspace's folder is gone.
std::optional<std::filesystem::path> known_place_of_cluster(const std::filesystem::path &workspace);

} // namespace studio::app
