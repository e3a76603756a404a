// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/channel_watcher.h"

#include <QObject>

#include <string>

namespace studio::ui {

// The database's notices about tenants as signals on the thread of this object. The first one is emitted
// at once, those of the second after it as one.
class TenantWatcher final : public QObject {
    Q_OBJECT

public:
    explicit TenantWatcher(std::string database_url, QObject *parent = nullptr);

signals:
    void tenant_changed();
    // Notices may have been missed: read again what is shown. Also sent once after the first connection.
    void reconnected();
    void disconnected(const QString &reason);

private:
    ChannelWatcher m_channel;
};

} // namespace studio::ui
