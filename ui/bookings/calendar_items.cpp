// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_items.h"

#include "db/bookings/availability_store.h"
#include "db/bookings/booking_store.h"
#include "ui/bookings/booking_words.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_bookings = 2000;
constexpr int day_minutes = 24 * 60;
constexpr int least_minutes = 20; // so that a short one can be read

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::calendar_items", text);
}

bool takes_time(models::BookingStatus status) {
    using Status = models::BookingStatus;
    return models::is_open(status) || models::is_agreed(status) || status == Status::Completed ||
           status == Status::NoShow;
}

std::vector<models::BookingStatus> shown_statuses() {
    std::vector<models::BookingStatus> statuses;
    std::ranges::copy_if(models::booking_statuses(), std::back_inserter(statuses), takes_time);
    return statuses;
}

CalendarItem item_of(const db::Booking &booking, const QString &zone, bool names_companion) {
    CalendarItem item;
    item.id = QString::fromStdString(booking.id);
    item.start = in_zone(*booking.start, zone);
    item.end = in_zone(booking.end.value_or(*booking.start + std::chrono::hours(1)), zone);
    item.title = QString::fromStdString(booking.client_name);
    item.second_line = names_companion ? QString::fromStdString(booking.tenant_name)
                                       : QString::fromStdString(booking.service_type);
    item.status = booking.status;
    return item;
}

QDate day_of(const models::Json &tour, const char *key) {
    return QDate::fromString(QString::fromStdString(tour.value(key, std::string())), Qt::ISODate);
}

void add_hers(CalendarReading &reading, db::Session &session, const models::TenantId &tenant_id,
              const QDateTime &from, const QDateTime &to, const QString &zone) {
    db::AvailabilityStore store(session);
    for (const auto &block : store.blocks(tenant_id, to_time(from), to_time(to))) {
        CalendarItem item;
        item.kind = CalendarItem::Kind::Block;
        item.id = QString::fromStdString(block.id);
        item.start = in_zone(block.start, zone);
        item.end = in_zone(block.end, zone);
        item.title = block.note.empty() ? tr("Blocked") : QString::fromStdString(block.note);
        item.imported = block.imported;
        reading.items.push_back(item);
    }
    const auto tours = store.tours(tenant_id);
    if (const auto availability = store.settings(tenant_id).availability; !availability.is_null()) {
        std::vector<models::Tour> stays;
        for (const auto &tour : tours) {
            stays.push_back(models::read_tour(tour));
        }
        reading.open = open_hours(models::read_availability(availability), stays, from.date().addDays(-1),
                                  to.date(), zone);
    }
    for (const auto &tour : tours) {
        const CalendarTour days{day_of(tour, "firstDay"), day_of(tour, "lastDay"),
                                QString::fromStdString(tour.value("city", std::string()))};
        if (days.first <= to.date() && days.last >= from.date()) {
            reading.tours.push_back(days);
        }
    }
}

} // namespace

CalendarReading read_calendar(db::Session &session, const std::optional<models::TenantId> &tenant_id,
                              QDate first, QDate last, const QString &zone) {
    const QTimeZone clock(zone.toUtf8());
    const auto from = first.startOfDay(clock), to = last.addDays(1).startOfDay(clock);
    db::BookingFilter filter;
    filter.tenant_id = tenant_id;
    filter.statuses = shown_statuses();
    filter.from = to_time(from.addDays(-1)); // of the day before: it may last into this one
    filter.to = to_time(to);
    filter.order = db::BookingOrder::Start;
    filter.max_rows = max_bookings + 1;
    CalendarReading reading;
    for (const auto &booking : db::BookingStore(session).list(filter)) {
        if (booking.start) {
            reading.items.push_back(item_of(booking, zone, !tenant_id));
        }
    }
    reading.is_cut = reading.items.size() > max_bookings;
    if (tenant_id) {
        add_hers(reading, session, *tenant_id, from, to, zone);
    }
    std::ranges::stable_sort(reading.items, {}, &CalendarItem::start);
    return reading;
}

std::vector<DayPart> day_parts(const std::vector<CalendarItem> &items, QDate day) {
    std::vector<DayPart> parts;
    const auto minute_of = [day](const QDateTime &time) {
        return static_cast<int>(day.daysTo(time.date())) * day_minutes + time.time().hour() * 60 +
               time.time().minute();
    };
    for (std::size_t item = 0; item < items.size(); ++item) {
        const int from = std::max(0, minute_of(items[item].start));
        const int to = std::min(day_minutes, minute_of(items[item].end));
        if (from < day_minutes && to > 0 && to > from) {
            const int shown_from = std::min(from, day_minutes - least_minutes);
            parts.push_back({item, shown_from, std::max(to, shown_from + least_minutes)});
        }
    }
    std::ranges::stable_sort(parts, {}, &DayPart::from);
    // A group of parts that touch each other shares the width.
    for (std::size_t first = 0; first < parts.size();) {
        std::vector<int> ends; // of each lane
        int group_end = parts[first].to;
        std::size_t after = first;
        for (; after < parts.size() && (after == first || parts[after].from < group_end); ++after) {
            auto &part = parts[after];
            const auto lane = std::ranges::find_if(ends, [&part](int end) { return end <= part.from; });
            part.lane = static_cast<int>(lane - ends.begin());
            if (lane == ends.end()) {
                ends.push_back(part.to);
            } else {
                *lane = part.to;
            }
            group_end = std::max(group_end, part.to);
        }
        for (; first < after; ++first) {
            parts[first].lanes = static_cast<int>(ends.size());
        }
    }
    return parts;
}

QString item_words(const CalendarItem &item) {
    const auto span = tr("%1 to %2")
                          .arg(item.start.time().toString(QStringLiteral("HH:mm")),
                               item.end.time().toString(QStringLiteral("HH:mm")));
    const auto what = item.kind == CalendarItem::Kind::Block ? tr("blocked time") : status_word(item.status);
    return tr("%1, %2, %3").arg(item.title, span, what);
}

} // namespace studio::ui
