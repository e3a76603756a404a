// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/listener.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace studio::ui {

// Turns the database's notifications on one channel into signals on this object's thread. The first one is
// emitted at once; those that arrive during the pause after it are emitted as one.
class ChannelWatcher final : public QObject {
    Q_OBJECT

public:
    ChannelWatcher(std::string database_url, std::string channel, std::chrono::milliseconds pause,
                   QObject *parent = nullptr);

signals:
    void changed();
    // Notifications may have been missed, so receivers should read again what they show. Also emitted once
    // after the first connection.
    void reconnected();
    void disconnected(const QString &reason);

private:
    void note_change();

    std::chrono::milliseconds m_pause_length;
    std::atomic<bool> m_queued{false};
    QTimer m_pause;
    bool m_again = false;
    std::unique_ptr<db::Listener>
        m_listener; // its handler runs in a thread of its own; the signals are queued
};

} // namespace studio::ui
