// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace studio::app {

// Replaces the file in one step; only this user may read it. Throws WorkspaceError.
void write_private_file(const std::filesystem::path &path, const std::string &text);

// An exclusive lock between processes, on a file that exists as long as its workspace. Throws WorkspaceError
// after `seconds` of waiting.
class FileLock final {
public:
    explicit FileLock(const std::filesystem::path &path, int seconds = 120);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    bool try_lock(const std::filesystem::path &path);

    int m_descriptor = -1;
};

} // namespace studio::app
