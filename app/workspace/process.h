// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace studio::app {

struct ProcessResult {
    int exit_code = -1; // 128 + signal where a signal ended it
    std::string output; // standard output and error together
};

// Longer than any of PostgreSQL's programs takes on a machine that is merely busy.
inline constexpr std::chrono::seconds longest_run{300};

// Runs a program with a clean environment in the directory and waits until it and every process with its
// output have ended. After `longest` it is killed; the output then ends in a line "error: … did not end
// within …". Throws std::system_error where it cannot be started.
ProcessResult run_process(const std::vector<std::string> &arguments, const std::string &directory = "/",
                          std::chrono::milliseconds longest = longest_run);

// Like run_process(); when this program runs as root, the program runs as the system user "postgres", because
// PostgreSQL refuses to run as root.
ProcessResult run_as_server_user(std::vector<std::string> arguments, const std::string &directory = "/");

bool running_as_root();

} // namespace studio::app
