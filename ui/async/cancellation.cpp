// SPDX-License-Identifier: Apache-2.0
#include "ui/async/cancellation.h"

#include "db/connection/error.h"

#include <QThreadPool>

#include <chrono>
#include <exception>

namespace studio::ui {

namespace {

constexpr std::chrono::milliseconds ask_again_after{100};

}

Cancellation::Running::Running(Cancellation &cancellation, db::Session &session)
    : m_cancellation(cancellation) {
    const std::lock_guard lock(m_cancellation.m_mutex);
    if (m_cancellation.m_cancelled) {
        throw db::Error(db::ErrorKind::Other, "The query was cancelled.", "57014");
    }
    m_cancellation.m_session = &session;
}

Cancellation::Running::~Running() {
    const std::lock_guard lock(m_cancellation.m_mutex);
    m_cancellation.m_session = nullptr;
    m_cancellation.m_ended.notify_all();
}

void Cancellation::cancel(const std::shared_ptr<Cancellation> &cancellation) {
    if (cancellation->m_cancelled.exchange(true)) {
        return;
    }
    QThreadPool::globalInstance()->start([cancellation] { cancellation->cancel_until_it_ends(); });
}

// Asks repeatedly, because a function may be between two statements, where there is nothing to cancel. The
// lock keeps the function from ending meanwhile, so that no statement of another function is cancelled.
void Cancellation::cancel_until_it_ends() {
    std::unique_lock lock(m_mutex);
    while (m_session != nullptr) {
        try {
            m_session->cancel();
        } catch (const std::exception &) { // the server accepts no connection at the moment: try again
        }
        m_ended.wait_for(lock, ask_again_after);
    }
}

} // namespace studio::ui
