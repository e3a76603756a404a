// SPDX-License-Identifier: Apache-2.0
#include "ui/async/connection_monitor.h"

#include "db/connection/error.h"

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int first_pause_ms = 250;
constexpr int longest_pause_ms = 5000;
} // namespace

ConnectionMonitor::ConnectionMonitor(std::string database_url, QObject *parent)
    : QObject(parent), m_worker(std::move(database_url)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ConnectionMonitor::check);
}

void ConnectionMonitor::start() {
    check();
}

void ConnectionMonitor::check() {
    if (m_asking) {
        m_ask_again = true;
        return;
    }
    m_asking = true;
    m_timer.stop();
    m_worker.run([](db::Session &session) { return session.identity(); })
        .then(this, [this](const db::Identity &) { settle(State::Connected, {}); })
        .onFailed(this,
                  [this](const db::Error &error) {
                      const auto refused = error.kind() == db::ErrorKind::Forbidden;
                      settle(refused ? State::Refused : State::Lost, QString::fromUtf8(error.what()));
                  })
        .onFailed(this, [this](const std::exception &error) {
            settle(State::Lost, QString::fromUtf8(error.what()));
        });
}

void ConnectionMonitor::settle(State state, const QString &reason) {
    m_asking = false;
    if (state == State::Connected) {
        m_pause_ms = first_pause_ms;
        m_timer.start(longest_pause_ms);
    } else {
        m_timer.start(m_pause_ms);
        m_pause_ms = std::min(m_pause_ms * 2, longest_pause_ms);
    }
    if (m_ask_again) {
        m_ask_again = false;
        m_timer.start(0);
    }
    if (state == m_state && reason == m_reason) {
        return;
    }
    m_state = state;
    m_reason = reason;
    emit state_changed(state, reason);
}

} // namespace studio::ui
