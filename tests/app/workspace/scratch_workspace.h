// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace studio::app {

// A directory for a workspace; what runs in it is stopped, and it is removed, with the object.
class ScratchWorkspace final {
public:
    explicit ScratchWorkspace(const std::string &name = "workspace") {
        std::string pattern = "/tmp/studio-workspace-XXXXXX";
        if (!mkdtemp(pattern.data())) {
            throw std::runtime_error("no directory for a workspace");
        }
        m_parent = pattern;
        chmod(pattern.c_str(), 0755);
        m_path = m_parent / name;
    }
    ~ScratchWorkspace() {
        try {
            Workspace(m_path).remove();
        } catch (const WorkspaceError &) { // removed below all the same
        }
        std::error_code ignored;
        std::filesystem::remove_all(m_parent, ignored);
    }
    ScratchWorkspace(const ScratchWorkspace &) = delete;
    ScratchWorkspace &operator=(const ScratchWorkspace &) = delete;

    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_parent, m_path;
};

} // namespace studio::app
