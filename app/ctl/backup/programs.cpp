// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/backup/programs.h"

#include "app/ctl/failure.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace studio::ctl {

namespace {

std::vector<char *> pointers(std::vector<std::string> &texts) {
    std::vector<char *> all;
    for (auto &text : texts) {
        all.push_back(text.data());
    }
    all.push_back(nullptr);
    return all;
}

std::string read_to_end(int descriptor) {
    std::string text;
    char part[4096];
    while (true) {
        const ssize_t count = read(descriptor, part, sizeof part);
        if (count > 0) {
            text.append(part, static_cast<std::size_t>(count));
        } else if (count == 0 || errno != EINTR) {
            return text;
        }
    }
}

} // namespace

ProgramResult run_program(const std::vector<std::string> &arguments,
                          const std::vector<std::string> &environment) {
    std::vector<std::string> words = arguments;
    std::vector<std::string> variables = environment;
    variables.push_back("PATH=/usr/local/bin:/usr/bin:/bin");
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0) {
        throw CommandFailure(
            "", fmt::format("{} could not be started: {}.", words.front(), std::strerror(errno)));
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    pid_t process = 0;
    const int problem = posix_spawnp(&process, words.front().c_str(), &actions, nullptr,
                                     pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    ProgramResult result;
    if (problem == 0) {
        result.output = read_to_end(ends[0]);
    }
    close(ends[0]);
    if (problem != 0) {
        throw CommandFailure(
            "", fmt::format("{} could not be started: {}.", words.front(), std::strerror(problem)));
    }
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

TemporaryDirectory::TemporaryDirectory(const std::filesystem::path &parent) {
    std::string pattern = (parent / ".companionctl-XXXXXX").string();
    if (!mkdtemp(pattern.data())) {
        throw CommandFailure("FILE", fmt::format("No temporary folder could be created in {}: {}.",
                                                 parent.string(), std::strerror(errno)));
    }
    m_path = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace studio::ctl
