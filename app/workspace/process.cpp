// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

namespace studio::app {

namespace {

std::vector<char *> pointers(std::vector<std::string> &strings) {
    std::vector<char *> result;
    for (std::string &string : strings) {
        result.push_back(string.data());
    }
    result.push_back(nullptr);
    return result;
}

pid_t spawn(std::vector<std::string> arguments, const std::string &directory, int output) {
    std::vector<std::string> environment{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                         "LC_ALL=C", "TZ=UTC", "HOME=/"};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    pid_t child = -1;
    const int failure = posix_spawnp(&child, arguments.front().c_str(), &actions, nullptr,
                                     pointers(arguments).data(), pointers(environment).data());
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        throw std::system_error(failure, std::generic_category(), arguments.front());
    }
    return child;
}

// False if something still had the other end open at the deadline.
bool read_until(int descriptor, std::chrono::steady_clock::time_point deadline, std::string &text) {
    std::array<char, 4096> buffer{};
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd wanted{descriptor, POLLIN, 0};
        const int ready = poll(&wanted, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        if (ready == 0) {
            return false;
        }
        const ssize_t count = ready > 0 ? read(descriptor, buffer.data(), buffer.size()) : -1;
        if (count > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            return true;
        }
    }
}

int exit_code_of(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

ProcessResult run_process(const std::vector<std::string> &arguments, const std::string &directory,
                          std::chrono::milliseconds longest) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe");
    }
    pid_t child = -1;
    try {
        child = spawn(arguments, directory, ends[1]);
    } catch (...) {
        close(ends[0]);
        close(ends[1]);
        throw;
    }
    close(ends[1]);
    ProcessResult result;
    const bool ended = read_until(ends[0], std::chrono::steady_clock::now() + longest, result.output);
    close(ends[0]);
    if (!ended) {
        kill(child, SIGKILL);
    }
    result.exit_code = exit_code_of(child);
    if (!ended) {
        result.exit_code = 128 + SIGKILL;
        result.output += fmt::format("\nerror: {} did not end within {} seconds, and was ended\n",
                                     arguments.front(), std::chrono::duration<double>(longest).count());
    }
    return result;
}

ProcessResult run_as_server_user(std::vector<std::string> arguments, const std::string &directory) {
    if (running_as_root()) {
        arguments.insert(arguments.begin(),
                         {"setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"});
    }
    return run_process(arguments, directory);
}

bool running_as_root() {
    return geteuid() == 0;
}

} // namespace studio::app
