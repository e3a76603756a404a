// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_items.h"

#include "db/bookings/availability_store.h"
#include "db/bookings/booking_store.h"
#include "models/booking/calendar_json.h"
#include "models/booking/free_times.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/day_dates.h"
#include "ui/widgets/tenant_id.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_items = 2000;  // of bookings, and of blocks
constexpr int longest_days = 32; // a booking lasts at most 31
constexpr int margin_days = 34;  // what could be booked may last into other days
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

// Days of a calendar as moments.
struct Span {
    QDateTime from, to;

    Span(QDate first, QDate last, const QString &zone)
        : from(first.startOfDay(clock_of(zone))), to(last.addDays(1).startOfDay(clock_of(zone))) {}
};

void add_bookings(CalendarReading &reading, db::Session &session,
                  const std::optional<models::TenantId> &tenant_id, const Span &span, const QString &zone) {
    db::BookingFilter filter;
    filter.tenant_id = tenant_id;
    filter.statuses = shown_statuses();
    filter.from = to_time(span.from.addDays(-longest_days)); // those that last into these days
    filter.ends_after = to_time(span.from);
    filter.to = to_time(span.to);
    filter.order = db::BookingOrder::Start;
    filter.max_rows = max_items + 1;
    for (const auto &booking : db::BookingStore(session).list(filter)) {
        if (booking.start) {
            reading.items.push_back(item_of(booking, zone, !tenant_id));
        }
    }
    reading.is_cut = reading.items.size() > max_items;
}

void add_blocks(CalendarReading &reading, db::Session &session,
                const std::optional<models::TenantId> &tenant_id, const Span &span, const QString &zone) {
    const auto blocks =
        db::AvailabilityStore(session).blocks(tenant_id, to_time(span.from), to_time(span.to), max_items + 1);
    for (const auto &block : blocks) {
        CalendarItem item;
        item.kind = CalendarItem::Kind::Block;
        item.id = QString::fromStdString(block.id);
        item.start = in_zone(block.start, zone);
        item.end = in_zone(block.end, zone);
        item.companion = to_text(block.tenant_id);
        item.note = QString::fromStdString(block.note);
        item.title = item.note.isEmpty() ? tr("Blocked") : item.note;
        item.second_line = tenant_id ? QString() : QString::fromStdString(block.tenant_name);
        item.imported = block.imported;
        reading.items.push_back(item);
    }
    reading.is_cut = reading.is_cut || blocks.size() > max_items;
    std::ranges::stable_sort(reading.items, {}, &CalendarItem::start);
}

void add_tours(CalendarReading &reading, const models::Calendar &calendar, const Span &span) {
    for (const auto &tour : calendar.tours) {
        const CalendarTour days{to_date(tour.first_day), to_date(tour.last_day),
                                QString::fromStdString(tour.city)};
        if (days.first < span.to.date() && days.last >= span.from.date()) {
            reading.tours.push_back(days);
        }
    }
}

// Asked for a day more on both sides, since a tour's dates are those of another clock.
void add_free(CalendarReading &reading, const models::Calendar &calendar, const CompanionFacts &companion,
              QDate first, QDate last) {
    if (!calendar.availability) {
        return;
    }
    const auto length =
        std::max(companion.shortest_service, std::chrono::minutes(calendar.availability->start_step_minutes));
    for (const auto &span : models::free_spans(calendar, to_day(first.addDays(-1)), to_day(last.addDays(1)),
                                               length, base::now())) {
        reading.free.push_back({in_zone(span.start, companion.zone), in_zone(span.end, companion.zone)});
    }
}

} // namespace

CalendarReading read_calendar_of(db::Session &session, const models::TenantId &tenant_id,
                                 const CompanionFacts &companion, QDate first, QDate last) {
    const Span span(first, last, companion.zone);
    CalendarReading reading;
    add_bookings(reading, session, tenant_id, span, companion.zone);
    add_blocks(reading, session, tenant_id, span, companion.zone);
    auto calendar = models::read_calendar(
        db::AvailabilityStore(session).calendar(tenant_id, to_time(span.from.addDays(-margin_days)),
                                                to_time(span.to.addDays(margin_days))),
        companion.zone.toStdString());
    calendar.with_hidden_tours = true;
    add_tours(reading, calendar, span);
    add_free(reading, calendar, companion, first, last);
    return reading;
}

CalendarReading read_calendar_of_all(db::Session &session, QDate first, QDate last, const QString &zone) {
    const Span span(first, last, zone);
    CalendarReading reading;
    add_bookings(reading, session, std::nullopt, span, zone);
    add_blocks(reading, session, std::nullopt, span, zone);
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
        int to = std::min(day_minutes, minute_of(items[item].end));
        if (items[item].start.date() == day && items[item].start < items[item].end) {
            to =
                std::max(to, from + 1); // where the clocks are put back its end may not be later on the clock
        }
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
                          .arg(QLocale().toString(item.start, QStringLiteral("dddd d MMMM, HH:mm")),
                               QLocale().toString(item.end, item.end.date() == item.start.date()
                                                                ? QStringLiteral("HH:mm")
                                                                : QStringLiteral("dddd d MMMM, HH:mm")));
    const auto what = item.kind == CalendarItem::Kind::Block ? tr("blocked time") : status_word(item.status);
    const auto words = tr("%1, %2, %3").arg(item.title, span, what);
    return item.second_line.isEmpty() ? words : tr("%1, %2").arg(words, item.second_line);
}

} // namespace studio::ui
