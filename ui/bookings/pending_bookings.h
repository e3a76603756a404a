// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_preferences.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <optional>

namespace studio::ui {

class BookingsWatcher;
class DesktopNotifier;
class Worker;

// How many requests wait for an answer, whatever page is open, and a notice of the desktop for each new one.
class PendingBookings final : public QObject {
    Q_OBJECT

public:
    // All outlive it. Counts once at the start, without notices.
    PendingBookings(Worker &worker, BookingsWatcher &watcher, DesktopNotifier &notifier,
                    const QString &preferences_path, QObject *parent = nullptr);
    void set_preferences(const BookingPreferences &preferences) { m_preferences = preferences; }
    int count() const { return m_count; }

signals:
    void count_changed(int count);
    // New since the last look; `companion` is the newest one's.
    void arrived(int number, const QString &companion, const QString &booking);
    // The person pressed the notice.
    void open_requested(const QString &booking);

private:
    struct Look {
        int count = 0;
        std::vector<db::Booking> newest;
    };
    void look();
    void has_looked();
    void heed(const Look &look);
    void notify(int number, const db::Booking &newest);

    Worker &m_worker;
    DesktopNotifier &m_notifier;
    BookingPreferences m_preferences;
    bool m_is_looking = false, m_look_again = false;
    int m_count = 0;
    std::optional<models::Time> m_newest; // of the requests that were seen; none before the first look
    QSet<QString> m_known;                // of that moment
    QString m_noticed;
};

} // namespace studio::ui
