// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace studio::renderer {

// Threads for what an event loop must not wait for. Jobs must not throw.
class WorkerPool final {
public:
    WorkerPool(std::size_t threads, std::size_t most_waiting);
    ~WorkerPool(); // finishes running jobs, drops waiting ones
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    // False where too many wait already; the job is then not kept.
    bool submit(std::function<void()> job);

private:
    void run();

    const std::size_t m_most_waiting;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace studio::renderer
