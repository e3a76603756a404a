// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace studio::app {

// A directory for a workspace; the destructor stops what runs in it and removes it.
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
        } catch (const WorkspaceError &) { // the directory is removed below anyway
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
