// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace studio::app {

// Knows whether this studio is the last one on a workspace that a studio started, so that only then the
// database is stopped at the end. A workspace that another program started (companionctl, ./dev) is left
// running. Uses two files in the workspace: a lock that all studios share, and a note that a studio started
// it.
class WorkspaceLease final {
public:
    explicit WorkspaceLease(const std::filesystem::path &workspace);
    ~WorkspaceLease();
    WorkspaceLease(const WorkspaceLease &) = delete;
    WorkspaceLease &operator=(const WorkspaceLease &) = delete;

    void started_here();
    // Releases the lease. True where the caller must stop the workspace.
    bool release();

private:
    std::filesystem::path m_mark;
    int m_file = -1;
};

} // namespace studio::app
