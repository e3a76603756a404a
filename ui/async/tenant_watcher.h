// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/channel_watcher.h"

#include <QObject>

#include <string>

namespace studio::ui {

// Turns the database's notifications about tenants into signals on this object's thread. The first one is
// emitted at once; those that arrive during the second after it are emitted as one.
class TenantWatcher final : public QObject {
    Q_OBJECT

public:
    explicit TenantWatcher(std::string database_url, QObject *parent = nullptr);

signals:
    void tenant_changed();
    // Notifications may have been missed, so receivers should read again what they show. Also emitted once
    // after the first connection.
    void reconnected();
    void disconnected(const QString &reason);

private:
    ChannelWatcher m_channel;
};

} // namespace studio::ui
