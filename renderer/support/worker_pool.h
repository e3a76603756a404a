// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/log.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace studio::renderer {

// Threads for work that an event loop must not wait for. A job's exception is logged, and its thread goes on.
class WorkerPool final {
public:
    // `name` is what the log calls its threads.
    WorkerPool(std::string name, std::size_t threads, std::size_t max_waiting, const Log &log);
    ~WorkerPool(); // finishes running jobs, drops waiting ones
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    // False where too many wait already; the job is then not kept.
    bool submit(std::function<void()> job);

private:
    void run();

    const std::string m_name;
    const Log &m_log;
    const std::size_t m_max_waiting;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace studio::renderer
