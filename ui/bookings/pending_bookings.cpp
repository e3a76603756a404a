// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/pending_bookings.h"

#include "ui/async/worker.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/desktop_notifier.h"

#include <utility>

namespace studio::ui {

namespace {
constexpr int looked_at = 20; // newest requests at each look
}

PendingBookings::PendingBookings(Worker &worker, BookingsWatcher &watcher, DesktopNotifier &notifier,
                                 const QString &preferences_path, QObject *parent)
    : QObject(parent), m_worker(worker), m_notifier(notifier),
      m_preferences(load_booking_preferences(preferences_path)) {
    connect(&watcher, &BookingsWatcher::changed, this, &PendingBookings::look);
    connect(&notifier, &DesktopNotifier::opened, this, [this] { emit open_requested(m_noticed); });
    look();
}

// One look at a time, however many notices come.
void PendingBookings::look() {
    if (m_is_looking) {
        m_look_again = true;
        return;
    }
    m_is_looking = true;
    m_worker
        .run([](db::Session &session) {
            db::BookingFilter filter;
            filter.statuses = {models::BookingStatus::Pending};
            filter.max_rows = looked_at;
            db::BookingStore store(session);
            return Look{static_cast<int>(store.count(filter)), store.list(filter)};
        })
        .then(this,
              [this](const Look &look) {
                  heed(look);
                  has_looked();
              })
        // The connection's monitor says it; the next notice or the poll looks again.
        .onFailed(this, [this](const std::exception &error) {
            qDebug("pending bookings: %s", error.what());
            has_looked();
        });
}

void PendingBookings::has_looked() {
    m_is_looking = false;
    if (std::exchange(m_look_again, false)) {
        look();
    }
}

void PendingBookings::heed(const Look &look) {
    if (m_count != look.count || !m_newest) {
        m_count = look.count;
        emit count_changed(m_count);
    }
    const bool is_first = !m_newest;
    const auto before = m_newest.value_or(models::Time{});
    int fresh = 0;
    for (const auto &booking : look.newest) {
        const bool is_fresh = booking.source == "site" && booking.created_at >= before &&
                              !m_known.contains(QString::fromStdString(booking.id));
        fresh += is_fresh ? 1 : 0;
    }
    if (look.newest.empty()) {
        m_newest = before;
        return;
    }
    if (look.newest.front().created_at > before) { // all that came before are known by their time
        m_known.clear();
    }
    for (const auto &booking : look.newest) {
        m_known.insert(QString::fromStdString(booking.id));
    }
    m_newest = std::max(before, look.newest.front().created_at);
    if (fresh > 0 && !is_first) {
        notify(fresh, look.newest.front());
    }
}

void PendingBookings::notify(int number, const db::Booking &newest) {
    m_noticed = QString::fromStdString(newest.id);
    const auto companion = QString::fromStdString(newest.tenant_name);
    emit arrived(number, companion, m_noticed);
    if (!m_preferences.notifies) {
        return;
    }
    const auto title = number == 1 ? tr("New booking request") : tr("%1 new booking requests").arg(number);
    m_notifier.show(title, m_preferences.names_companion ? companion : QString(), m_preferences.plays_sound);
}

} // namespace studio::ui
