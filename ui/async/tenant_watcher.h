// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/listener.h"

#include <QObject>

#include <memory>
#include <string>

namespace studio::ui {

// The database's notices about tenants as signals on the thread of this object.
class TenantWatcher final : public QObject {
    Q_OBJECT

public:
    explicit TenantWatcher(std::string database_url, QObject *parent = nullptr);

signals:
    void tenant_changed(const QString &tenant_id);
    // Notices may have been missed: read again what is shown. Also sent once after the first connection.
    void reconnected();
    void disconnected(const QString &reason);

private:
    std::unique_ptr<db::Listener> m_listener; // emits from its thread: Qt queues
};

} // namespace studio::ui
