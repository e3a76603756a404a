// SPDX-License-Identifier: Apache-2.0
#include "ui/async/channel_watcher.h"

#include <utility>

namespace studio::ui {

ChannelWatcher::ChannelWatcher(std::string database_url, std::string channel, std::chrono::milliseconds pause,
                               QObject *parent)
    : QObject(parent), m_pause_length(pause) {
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_again, false)) {
            note_change();
        }
    });
    db::Listener::Handlers handlers;
    handlers.notified = [this] {
        if (!m_queued.exchange(true)) {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_queued = false;
                    note_change();
                },
                Qt::QueuedConnection);
        }
    };
    handlers.connected = [this] { emit reconnected(); };
    handlers.disconnected = [this](const std::string &reason) {
        emit disconnected(QString::fromStdString(reason));
    };
    m_listener =
        std::make_unique<db::Listener>(std::move(database_url), std::move(channel), std::move(handlers));
}

void ChannelWatcher::note_change() {
    if (m_pause.isActive()) {
        m_again = true;
        return;
    }
    m_pause.start(m_pause_length);
    emit changed();
}

} // namespace studio::ui
