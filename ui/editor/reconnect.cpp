// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/reconnect.h"

#include "db/connection/error.h"
#include "ui/async/worker.h"

#include <QFuture>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int first_pause_ms = 250;
constexpr int longest_pause_ms = 5000;
} // namespace

Reconnect::Reconnect(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Reconnect::ask);
}

void Reconnect::start() {
    if (m_waiting) {
        return;
    }
    m_waiting = true;
    m_timer.start(first_pause_ms);
}

void Reconnect::stop() {
    m_waiting = false;
    m_timer.stop();
}

void Reconnect::ask() {
    m_worker.run([](db::Session &session) { session.ping(); })
        .then(this,
              [this] {
                  if (m_waiting) {
                      m_waiting = false;
                      emit back();
                  }
              })
        .onFailed(this, [this](const db::Error &error) {
            if (!m_waiting) {
                return;
            }
            if (error.kind() == db::ErrorKind::Unreachable) {
                pause();
                return;
            }
            m_waiting = false; // the database answers; the next action will show what is wrong
            emit back();
        });
}

void Reconnect::pause() {
    m_timer.start(std::min(longest_pause_ms, std::max(first_pause_ms, m_timer.interval() * 2)));
}

} // namespace studio::ui
