// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace_lease.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

namespace studio::app {

WorkspaceLease::WorkspaceLease(const std::filesystem::path &workspace)
    : m_mark(workspace / "studio.started") {
    m_file = open((workspace / "studio.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_file >= 0) {
        flock(m_file, LOCK_SH);
    }
}

WorkspaceLease::~WorkspaceLease() {
    release();
}

void WorkspaceLease::started_here() {
    std::ofstream(m_mark) << getpid() << '\n';
}

bool WorkspaceLease::release() {
    if (m_file < 0) {
        return false;
    }
    std::error_code ignored;
    const bool alone = flock(m_file, LOCK_EX | LOCK_NB) == 0;
    const bool ours = alone && std::filesystem::remove(m_mark, ignored);
    close(m_file);
    m_file = -1;
    return ours;
}

} // namespace studio::app
