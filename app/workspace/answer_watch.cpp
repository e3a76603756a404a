// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/answer_watch.h"

#include "db/connection/answers.h"

#include <algorithm>

namespace studio::app {

namespace {
using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds longest_rest{5000};
} // namespace

AnswerWatch::AnswerWatch(db::Session &session, std::chrono::milliseconds patience)
    : m_session(session), m_url(session.url()), m_patience(patience), m_thread([this] { watch(); }) {}

AnswerWatch::~AnswerWatch() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
    }
    m_over.notify_all();
    m_thread.join();
}

void AnswerWatch::watch() {
    const auto rest = std::min(longest_rest, m_patience / 4);
    auto answered = Clock::now();
    std::unique_lock lock(m_mutex);
    while (!m_over.wait_for(lock, rest, [this] { return m_stop; })) {
        lock.unlock();
        if (db::answers(m_url)) {
            answered = Clock::now();
        }
        lock.lock();
        if (!m_stop && Clock::now() - answered > m_patience) {
            db::abandon(m_session);
        }
    }
}

} // namespace studio::app
