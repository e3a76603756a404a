// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/files.h"

#include "app/workspace/workspace.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace studio::app {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path &path, int error) {
    if (error == ENOSPC || error == EDQUOT) {
        throw WorkspaceError(
            "The disk is full: " + path.string() +
            " could not be written. Nothing that was saved is lost. Free some space and start again.");
    }
    throw WorkspaceError(path.string() + " could not be written: " + std::strerror(error) +
                         ". Choose another folder or change its permissions.");
}

bool write_all(int descriptor, const std::string &text) {
    for (std::size_t written = 0; written < text.size();) {
        const ssize_t count = write(descriptor, text.data() + written, text.size() - written);
        if (count < 0) {
            return false;
        }
        written += static_cast<std::size_t>(count);
    }
    return fsync(descriptor) == 0;
}

} // namespace

void write_private_file(const fs::path &path, const std::string &text) {
    const fs::path fresh = path.string() + ".new";
    unlink(fresh.c_str());
    const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        fail(path, errno);
    }
    const bool written = write_all(descriptor, text);
    const int error = errno;
    close(descriptor);
    if (!written) {
        unlink(fresh.c_str());
        fail(path, error);
    }
    if (rename(fresh.c_str(), path.c_str()) != 0) {
        fail(path, errno);
    }
}

FileLock::FileLock(const fs::path &path, int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (!try_lock(path)) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw WorkspaceError("Another program has been starting or stopping this workspace for " +
                                 std::to_string(seconds) +
                                 " seconds. Wait for it, or end it, and start again.");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

// The file may have been removed with its workspace between being opened and being locked.
bool FileLock::try_lock(const fs::path &path) {
    m_descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_descriptor < 0) {
        fail(path, errno);
    }
    struct stat status {};
    if (flock(m_descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(m_descriptor, &status) == 0 &&
        status.st_nlink > 0) {
        return true;
    }
    close(m_descriptor);
    return false;
}

FileLock::~FileLock() {
    close(m_descriptor);
}

} // namespace studio::app
