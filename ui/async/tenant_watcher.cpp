// SPDX-License-Identifier: Apache-2.0
#include "ui/async/tenant_watcher.h"

namespace studio::ui {

TenantWatcher::TenantWatcher(std::string database_url, QObject *parent) : QObject(parent) {
    db::Listener::Handlers handlers;
    handlers.notified = [this](const std::string &payload) {
        emit tenant_changed(QString::fromStdString(payload));
    };
    handlers.connected = [this] { emit reconnected(); };
    handlers.disconnected = [this](const std::string &reason) {
        emit disconnected(QString::fromStdString(reason));
    };
    m_listener = std::make_unique<db::Listener>(std::move(database_url), db::tenant_changed_channel,
                                                std::move(handlers));
}

} // namespace studio::ui
