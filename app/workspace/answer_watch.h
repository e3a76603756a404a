// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace studio::app {

// While it exists, asks the server repeatedly whether it accepts connections. If it does not for the time
// `patience`, the watched session's call ends with db::Error{Unreachable} instead of waiting for ever. Long
// work on a server that answers is not interrupted.
class AnswerWatch final {
public:
    AnswerWatch(db::Session &session, std::chrono::milliseconds patience);
    ~AnswerWatch();
    AnswerWatch(const AnswerWatch &) = delete;
    AnswerWatch &operator=(const AnswerWatch &) = delete;

private:
    void watch();

    db::Session &m_session;
    const std::string m_url;
    const std::chrono::milliseconds m_patience;
    std::mutex m_mutex;
    std::condition_variable m_over;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace studio::app
