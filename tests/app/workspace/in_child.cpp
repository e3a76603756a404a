// SPDX-License-Identifier: Apache-2.0
#include "tests/app/workspace/in_child.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace studio::app {

namespace {

constexpr unsigned int nobody = 65534;

void require(bool done, const char *what) {
    if (!done) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

std::string outcome_of(const std::function<std::string()> &function) {
    try {
        return function();
    } catch (const std::exception &error) {
        return std::string("threw: ") + error.what();
    }
}

} // namespace

std::string in_child(const std::function<std::string()> &function) {
    std::array<int, 2> ends{};
    require(pipe2(ends.data(), O_CLOEXEC) == 0, "pipe");
    const pid_t child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        const std::string outcome = outcome_of(function);
        const ssize_t written = write(ends[1], outcome.data(), outcome.size());
        _exit(written < 0 ? 1 : 0);
    }
    close(ends[1]);
    std::string outcome;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = read(ends[0], buffer.data(), buffer.size())) > 0;) {
        outcome.append(buffer.data(), static_cast<std::size_t>(count));
    }
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return outcome;
}

void become_nobody() {
    require(setgroups(0, nullptr) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0, "nobody");
}

void mount_small_disk(const std::string &directory, int megabytes) {
    require(unshare(CLONE_NEWNS) == 0, "unshare");
    require(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private mounts");
    const std::string options = "mode=0755,size=" + std::to_string(megabytes) + "m";
    require(mount("tmpfs", directory.c_str(), "tmpfs", 0, options.c_str()) == 0, "mount");
}

} // namespace studio::app
