// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/log.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace studio::renderer {

// Ends the process if this object still exists after the given time: while the service stops, a statement may
// wait forever for a database that does not answer. Nothing that was acknowledged is lost by it: an answer is
// given after the commit.
class StopDeadline final {
public:
    StopDeadline(const Log &log, std::chrono::milliseconds time);
    ~StopDeadline();
    StopDeadline(const StopDeadline &) = delete;
    StopDeadline &operator=(const StopDeadline &) = delete;

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopped = false;
    std::thread m_thread;
};

} // namespace studio::renderer
