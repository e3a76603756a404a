// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"
#include "renderer/visitors/bot_counter.h"
#include "renderer/visitors/day_salts.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace studio::renderer {

// Fetches each day's salt, drops yesterday's, closes idle visits, and writes the counts of bots; in a thread
// of its own.
class VisitorUpkeep final {
public:
    VisitorUpkeep(std::string database_url, DaySalts &salts, BotCounter &bots, const Log &log,
                  std::chrono::milliseconds write_interval = std::chrono::seconds(10));
    ~VisitorUpkeep(); // writes what was counted, where the database answers
    VisitorUpkeep(const VisitorUpkeep &) = delete;
    VisitorUpkeep &operator=(const VisitorUpkeep &) = delete;

private:
    using Clock = std::chrono::steady_clock;
    void run();
    void fetch_salt();
    void close_idle_visits();
    void write_bots();

    DaySalts &m_salts;
    BotCounter &m_bots;
    const Log &m_log;
    const std::chrono::milliseconds m_write_interval;
    db::Session m_session; // of the thread
    Clock::time_point m_try_salt_after{};
    Day m_salt_day = -1; // the day whose salt was requested last
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread; // last
};

} // namespace studio::renderer
