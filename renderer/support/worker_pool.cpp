// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/worker_pool.h"

#include <utility>

namespace studio::renderer {

WorkerPool::WorkerPool(std::string name, std::size_t threads, std::size_t max_waiting, const Log &log)
    : m_name(std::move(name)), m_log(log), m_max_waiting(max_waiting) {
    for (std::size_t i = 0; i < threads; ++i) {
        m_threads.emplace_back([this] { run(); });
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        m_jobs.clear();
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

bool WorkerPool::submit(std::function<void()> job) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stopping || m_jobs.size() >= m_max_waiting) {
            return false;
        }
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void WorkerPool::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
        if (m_stopping) {
            return;
        }
        const auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        try {
            job();
        } catch (const std::exception &error) {
            m_log.thread_failed(m_name, error.what());
        }
        lock.lock();
    }
}

} // namespace studio::renderer
