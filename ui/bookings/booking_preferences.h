// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"

#include <QDateTime>
#include <QString>

#include <string>
#include <vector>

namespace studio::ui {

enum class DateChoice { Any, Today, NextWeek, NextMonth, PastMonth, Between };

// What the queue shows, by choices rather than moments, so that "today" is today when it is opened again.
struct QueueFilter {
    std::vector<models::BookingStatus> statuses; // empty: all
    QString tenant_id;                           // "": every companion
    DateChoice dates = DateChoice::Any;
    QDate first, last; // with Between; both included
    QString service, words;
    bool operator==(const QueueFilter &) const = default;
};

struct SavedView {
    QString name;
    QueueFilter filter;
    bool operator==(const SavedView &) const = default;
};

// What this person chose for the bookings page on this computer.
struct BookingPreferences {
    bool notifies = true;
    bool names_companion = false; // in notifications
    bool plays_sound = false;
    std::vector<SavedView> views;
    bool operator==(const BookingPreferences &) const = default;
};

// The file of one login at one database below `folder`: views hold names of clients, and whoever signs in
// next on this computer may not see these.
QString booking_preferences_path(const QString &folder, const std::string &database_id,
                                 const std::string &login);
// "": the path of a test that keeps nothing. A file that is not right gives the defaults.
BookingPreferences load_booking_preferences(const QString &path);
// False where it could not be written.
bool save_booking_preferences(const QString &path, const BookingPreferences &preferences);

// Days count by the clock of `now`.
db::BookingFilter booking_filter(const QueueFilter &filter, const QDateTime &now);

} // namespace studio::ui
