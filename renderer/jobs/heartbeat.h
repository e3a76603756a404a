// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/jobs/uptime_buffer.h"
#include "renderer/support/log.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace studio::renderer {

// Notes twice a minute, in a thread of its own, whether this replica can answer and how many requests it has
// answered. While the database is away it keeps its minutes in memory and writes them when it is back, so
// that minutes in which pages were served without a database do not count as downtime.
class Heartbeat final {
public:
    struct Parts {
        std::string database_url;
        std::function<bool()> can_answer;
        std::function<Metrics::Answered()> answered;
        std::function<std::int64_t()> minute; // since 1970
        const Log &log;
        std::chrono::milliseconds rhythm{30'000}, impatient_rhythm{5'000}; // the latter until ready
    };
    explicit Heartbeat(Parts parts);
    ~Heartbeat(); // after a last beat
    Heartbeat(const Heartbeat &) = delete;
    Heartbeat &operator=(const Heartbeat &) = delete;

private:
    void run();
    // Whether it can answer.
    bool beat();
    void write();

    const Parts m_parts;
    const std::string m_replica; // of this process
    UptimeBuffer m_book;
    bool m_away = false;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    db::Session m_session; // of the thread
    std::thread m_thread;  // last
};

// By the clock of this machine.
std::int64_t current_minute();

} // namespace studio::renderer
