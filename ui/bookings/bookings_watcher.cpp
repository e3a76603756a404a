// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/bookings_watcher.h"

namespace studio::ui {

namespace {

constexpr std::chrono::milliseconds pause_after_a_notice{100};
constexpr std::chrono::seconds poll_every{20};

} // namespace

BookingsWatcher::BookingsWatcher(std::string database_url, QObject *parent)
    : QObject(parent),
      m_channel(std::move(database_url), db::bookings_changed_channel, pause_after_a_notice) {
    connect(&m_channel, &ChannelWatcher::changed, this, &BookingsWatcher::changed);
    connect(&m_channel, &ChannelWatcher::reconnected, this, [this] {
        settle(true);
        emit changed();
    });
    connect(&m_channel, &ChannelWatcher::disconnected, this, [this] { settle(false); });
    connect(&m_poll, &QTimer::timeout, this, &BookingsWatcher::changed);
    m_poll.start(poll_every);
}

void BookingsWatcher::settle(bool connected) {
    if (m_connected != connected) {
        m_connected = connected;
        emit connected_changed(connected);
    }
}

} // namespace studio::ui
