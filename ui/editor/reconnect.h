// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

namespace studio::ui {

class Worker;

// After a lost connection tries the database repeatedly, with growing pauses, until it answers.
class Reconnect final : public QObject {
    Q_OBJECT

public:
    explicit Reconnect(Worker &worker, QObject *parent = nullptr);

    bool waiting() const { return m_waiting; }
    void start(); // does nothing while it is already trying
    void stop();

signals:
    void back();

private:
    void ask();
    void pause();

    Worker &m_worker;
    QTimer m_timer;
    bool m_waiting = false;
};

} // namespace studio::ui
