// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace studio::app {

// While it lives, asks the server now and then whether it still takes connections. One that has not for as
// long as `patience` is given up: the watched session's call ends with db::Error{Unreachable} instead of
// waiting for ever. Work that takes long on a server that answers is left alone.
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
