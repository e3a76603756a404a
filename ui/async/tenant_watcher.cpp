// SPDX-License-Identifier: Apache-2.0
#include "ui/async/tenant_watcher.h"

#include <chrono>

namespace studio::ui {

namespace {

constexpr std::chrono::milliseconds pause_after_a_notice{1000};

} // namespace

TenantWatcher::TenantWatcher(std::string database_url, QObject *parent) : QObject(parent) {
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
    m_listener = std::make_unique<db::Listener>(std::move(database_url), db::tenant_changed_channel,
                                                std::move(handlers));
}

void TenantWatcher::note_change() {
    if (m_pause.isActive()) {
        m_again = true;
        return;
    }
    m_pause.start(pause_after_a_notice);
    emit tenant_changed();
}

} // namespace studio::ui
