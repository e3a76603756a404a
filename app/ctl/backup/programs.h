// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace studio::ctl {

struct ProgramResult {
    int exit_code = -1;
    std::string output; // standard output and error together
};

// Runs a program and waits for it. Its environment is `environment` ("NAME=value") and PATH. Throws
// CommandFailure where it cannot be started.
ProgramResult run_program(const std::vector<std::string> &arguments,
                          const std::vector<std::string> &environment = {});

// A new directory below `parent`, removed when the object is destroyed.
class TemporaryDirectory final {
public:
    explicit TemporaryDirectory(const std::filesystem::path &parent);
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory &) = delete;
    TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace studio::ctl
