// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace studio::app {

// Knows whether this studio is the last one on a workspace that a studio started, so that only then the
// database is stopped at the end. A workspace that somebody else started (companionctl, ./dev) is left
// running. Two files beside the workspace's own: a lock that every studio shares, and a mark that a studio
// started it.
class WorkspaceLease final {
public:
    explicit WorkspaceLease(const std::filesystem::path &workspace);
    ~WorkspaceLease();
    WorkspaceLease(const WorkspaceLease &) = delete;
    WorkspaceLease &operator=(const WorkspaceLease &) = delete;

    void started_here();
    // Gives the lease back. True where the caller shall stop the workspace.
    bool release();

private:
    std::filesystem::path m_mark;
    int m_file = -1;
};

} // namespace studio::app
