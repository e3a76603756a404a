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

// The database's notices on one channel as signals on the thread of this object. The first one is emitted at
// once, those of the pause after it as one.
class ChannelWatcher final : public QObject {
    Q_OBJECT

public:
    ChannelWatcher(std::string database_url, std::string channel, std::chrono::milliseconds pause,
                   QObject *parent = nullptr);

signals:
    void changed();
    // Notices may have been missed: read again what is shown. Also sent once after the first connection.
    void reconnected();
    void disconnected(const QString &reason);

private:
    void note_change();

    std::chrono::milliseconds m_pause_length;
    std::atomic<bool> m_queued{false};
    QTimer m_pause;
    bool m_again = false;
    std::unique_ptr<db::Listener> m_listener; // emits from its thread: Qt queues
};

} // namespace studio::ui
