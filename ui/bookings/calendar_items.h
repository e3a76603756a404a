// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/booking_state.h"
#include "ui/bookings/companion_facts.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QTime>

#include <optional>
#include <vector>

namespace studio::ui {

// Something that takes time in a calendar.
struct CalendarItem {
    enum class Kind { Booking, Block };
    Kind kind = Kind::Booking;
    QString id;
    QDateTime start, end; // on the calendar's clock
    QString title, second_line;
    models::BookingStatus status = models::BookingStatus::Pending;
    QString companion;     // of a block: the id of whose it is
    QString note;          // of a block
    bool imported = false; // a block from a calendar that was imported
    bool operator==(const CalendarItem &) const = default;
};

// A time that can be booked, on the calendar's clock.
struct FreeTint {
    QDateTime start, end;
    bool operator==(const FreeTint &) const = default;
};

// Days in another city.
struct CalendarTour {
    QDate first, last;
    QString city;
    bool operator==(const CalendarTour &) const = default;
};

struct CalendarReading {
    std::vector<CalendarItem> items; // by start
    std::vector<CalendarTour> tours;
    std::vector<FreeTint> free; // what the shortest service of one companion with availability could take
    bool is_cut = false;        // there is more than is shown
};

// What lies on these days of one companion, by her clock. Throws db::Error.
CalendarReading read_calendar_of(db::Session &session, const models::TenantId &tenant_id,
                                 const CompanionFacts &companion, QDate first, QDate last);
// Bookings and blocked time of all companions, by the clock of `zone`. Throws db::Error.
CalendarReading read_calendar_of_all(db::Session &session, QDate first, QDate last, const QString &zone);

// The part of an item on one day, in minutes since midnight of the clock.
struct DayPart {
    std::size_t item = 0;
    int from = 0, to = 0;
    int lane = 0, lanes = 1; // side by side with what overlaps
    bool operator==(const DayPart &) const = default;
};
std::vector<DayPart> day_parts(const std::vector<CalendarItem> &items, QDate day);

// "Robin Vale, Friday 5 March, 19:00 to 21:00, Accepted", for the eye and for screen readers.
QString item_words(const CalendarItem &item);

} // namespace studio::ui
