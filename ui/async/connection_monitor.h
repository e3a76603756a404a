// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/worker.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace studio::ui {

// Checks the database over a session of its own: every 5 s while it answers, after a loss with growing pauses
// (0.25 s to 5 s). It asks who is signed in, so that a disabled account is noticed too.
class ConnectionMonitor final : public QObject {
    Q_OBJECT

public:
    enum class State { Connecting, Connected, Lost, Refused };
    Q_ENUM(State)

    explicit ConnectionMonitor(std::string database_url, QObject *parent = nullptr);

    void start();
    // Checks at once rather than at the end of the pause.
    void check();
    State state() const { return m_state; }
    QString reason() const { return m_reason; }
    // How long the last answer took, in milliseconds; -1 before the first.

signals:
    void state_changed(studio::ui::ConnectionMonitor::State state, const QString &reason);

private:
    void settle(State state, const QString &reason);

    Worker m_worker;
    QTimer m_timer;
    State m_state = State::Connecting;
    QString m_reason;
    int m_pause_ms = 250;
    bool m_asking = false;
    bool m_ask_again = false;
};

} // namespace studio::ui
