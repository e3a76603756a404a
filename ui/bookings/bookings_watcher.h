// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/channel_watcher.h"

#include <QObject>
#include <QTimer>

#include <string>

namespace studio::ui {

// Says when bookings may have changed: by the database's notices, at most ten times a second, after a
// reconnection, and every 20 s in case a notice was lost.
class BookingsWatcher final : public QObject {
    Q_OBJECT

public:
    explicit BookingsWatcher(std::string database_url, QObject *parent = nullptr);
    bool connected() const { return m_connected; }

signals:
    void changed();
    void connected_changed(bool connected);

private:
    void settle(bool connected);

    bool m_connected = true; // until a connection is lost: the first one is on its way
    QTimer m_poll;
    ChannelWatcher m_channel;
};

} // namespace studio::ui
