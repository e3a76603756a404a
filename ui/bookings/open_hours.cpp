// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/open_hours.h"

#include "ui/bookings/day_dates.h"

#include <QTimeZone>

#include <algorithm>

namespace studio::ui {

namespace {

QDateTime at_minute(QDate day, int minute, const QTimeZone &clock) {
    constexpr int day_minutes = 24 * 60;
    return {day.addDays(minute / day_minutes), QTime(minute % day_minutes / 60, minute % 60), clock};
}

} // namespace

std::vector<OpenHours> open_hours(const models::Availability &availability,
                                  const std::vector<models::Tour> &tours, QDate first, QDate last,
                                  const QString &zone) {
    const QTimeZone home(zone.toUtf8());
    std::vector<OpenHours> open;
    for (auto date = first; date <= last; date = date.addDays(1)) {
        const auto day = to_day(date);
        const auto tour = std::ranges::find_if(tours, [day](const models::Tour &candidate) {
            return candidate.first_day <= day && day <= candidate.last_day;
        });
        const bool away = tour != tours.end();
        const auto exception = std::ranges::find(availability.exceptions, day, &models::HoursException::day);
        const auto &weekly = away && tour->weekly ? *tour->weekly : availability.weekly;
        const auto &spans = exception != availability.exceptions.end() ? exception->hours
                                                                       : weekly[models::weekday_index(day)];
        const QTimeZone clock = away ? QTimeZone(QByteArray::fromStdString(tour->timezone)) : home;
        for (const auto &span : spans) {
            open.push_back({at_minute(date, span.from, clock).toTimeZone(home),
                            at_minute(date, span.to, clock).toTimeZone(home)});
        }
    }
    return open;
}

} // namespace studio::ui
