// SPDX-License-Identifier: Apache-2.0
#include "ui/async/tenant_watcher.h"

namespace studio::ui {

namespace {

constexpr std::chrono::milliseconds pause_after_a_notice{1000};

} // namespace

TenantWatcher::TenantWatcher(std::string database_url, QObject *parent)
    : QObject(parent), m_channel(std::move(database_url), db::tenant_changed_channel, pause_after_a_notice) {
    connect(&m_channel, &ChannelWatcher::changed, this, &TenantWatcher::tenant_changed);
    connect(&m_channel, &ChannelWatcher::reconnected, this, &TenantWatcher::reconnected);
    connect(&m_channel, &ChannelWatcher::disconnected, this, &TenantWatcher::disconnected);
}

} // namespace studio::ui
