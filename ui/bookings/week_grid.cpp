// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/week_grid.h"

#include "ui/bookings/calendar_paint.h"
#include "ui/widgets/theme.h"

#include <QLocale>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int axis_width = 48;
constexpr int step_minutes = 30;
constexpr int day_minutes = 24 * 60;

int minute_of(const QTime &time) {
    return time.hour() * 60 + time.minute();
}

} // namespace

WeekGrid::WeekGrid(QWidget *parent) : CalendarGrid(QStringLiteral("calendar.week"), parent) {
    setAccessibleName(tr("Calendar by hours"));
    setMinimumHeight(head_height + 24 * hour_height + 1);
}

void WeekGrid::forget_span() {
    m_span_start.reset();
    m_span_end.reset();
    update();
}

int WeekGrid::column_width() const {
    return (width() - axis_width) / std::max(1, m_days);
}

QRect WeekGrid::rect_of(QDate day, int from, int to) const {
    const int column = static_cast<int>(m_first.daysTo(day));
    const int top = head_height + from * hour_height / 60;
    return {axis_width + column * column_width() + 2, top, column_width() - 4,
            (to - from) * hour_height / 60 - 1};
}

QPoint WeekGrid::point_of(QDate day, QTime time) const {
    return rect_of(day, minute_of(time), minute_of(time) + step_minutes).center();
}

std::vector<CalendarGrid::Drawn> WeekGrid::drawn() const {
    std::vector<Drawn> rects;
    for (int column = 0; column < m_days; ++column) {
        const auto day = m_first.addDays(column);
        for (const auto &part : day_parts(m_reading.items, day)) {
            auto rect = rect_of(day, part.from, part.to);
            const int lane = rect.width() / part.lanes;
            rect.setX(rect.x() + part.lane * lane);
            rect.setWidth(lane - (part.lanes > 1 ? 2 : 0));
            rects.push_back({rect, part.item});
        }
    }
    return rects;
}

// The first press begins a span of half an hour, the second ends it.
void WeekGrid::press_empty(QPoint place) {
    const int column = column_width() == 0 ? -1 : (place.x() - axis_width) / column_width();
    if (place.x() < axis_width || column >= m_days) {
        return;
    }
    const auto day = m_first.addDays(column);
    if (place.y() < hidden_above() + head_height) {
        emit day_pressed(day);
        return;
    }
    if (!m_chooses) {
        return;
    }
    const int minute = std::min((place.y() - head_height) * 60 / hour_height / step_minutes * step_minutes,
                                day_minutes - step_minutes);
    // In UTC, which has every time of every day: it stands for whatever clock the calendar has.
    const QDateTime at(day, QTime(minute / 60, minute % 60), Qt::UTC);
    if (!m_span_start || m_span_end) {
        m_span_start = at;
        m_span_end.reset();
        emit span_started(at);
    } else {
        const auto first = std::min(*m_span_start, at);
        m_span_end = std::max(*m_span_start, at).addSecs(step_minutes * 60);
        m_span_start = first;
        emit span_chosen(*m_span_start, *m_span_end);
    }
    update();
}

void WeekGrid::paint_ground(QPainter &painter) const {
    const auto &colors = tokens(palette());
    painter.fillRect(rect(), colors.surface);
    paint_free(painter);
    auto font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    for (int hour = 0; hour < 24; ++hour) {
        const int y = head_height + hour * hour_height;
        painter.fillRect(QRect(axis_width, y, width() - axis_width, 1), colors.border);
        painter.setPen(colors.muted);
        if (hour > 0) {
            painter.drawText(QRect(0, y - 8, axis_width - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                             QTime(hour, 0).toString(QStringLiteral("HH:mm")));
        }
    }
    for (int column = 0; column <= m_days; ++column) {
        painter.fillRect(QRect(axis_width + column * column_width(), 0, 1, height()), colors.border);
    }
}

// What can be booked is tinted; what is taken, closed or over has the ground's colour.
void WeekGrid::paint_free(QPainter &painter) const {
    std::vector<CalendarItem> spans;
    for (const auto &free : m_reading.free) {
        CalendarItem span;
        span.start = free.start;
        span.end = free.end;
        spans.push_back(span);
    }
    for (int column = 0; column < m_days; ++column) {
        const auto day = m_first.addDays(column);
        for (const auto &part : day_parts(spans, day)) {
            painter.fillRect(rect_of(day, part.from, part.to).adjusted(-1, 0, 2, 1),
                             tokens(palette()).positive_soft);
        }
    }
}

void WeekGrid::paint_heads(QPainter &painter) const {
    const auto &colors = tokens(palette());
    painter.fillRect(QRect(0, hidden_above(), width(), head_height), colors.surface);
    painter.fillRect(QRect(0, hidden_above() + head_height - 1, width(), 1), colors.border);
    for (int column = 0; column < m_days; ++column) {
        const auto day = m_first.addDays(column);
        const QRect head(axis_width + column * column_width() + 6, hidden_above() + 4, column_width() - 10,
                         18);
        auto font = painter.font();
        font.setPixelSize(12);
        const bool today = m_now.isValid() && day == m_now.date();
        font.setWeight(today ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(today ? colors.accent : colors.text);
        const auto format = column_width() < 76 ? QStringLiteral("ddd d") : QStringLiteral("ddd d MMM");
        painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, QLocale().toString(day, format));
        for (const auto &tour : m_reading.tours) {
            if (tour.first <= day && day <= tour.last) {
                painter.setPen(colors.caution);
                painter.drawText(head.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter,
                                 painter.fontMetrics().elidedText(tour.city, Qt::ElideRight, head.width()));
            }
        }
    }
}

void WeekGrid::paint_span(QPainter &painter) const {
    if (!m_span_start) {
        return;
    }
    const auto &colors = tokens(palette());
    const auto end = m_span_end.value_or(m_span_start->addSecs(step_minutes * 60));
    CalendarItem span;
    span.start = *m_span_start;
    span.end = end;
    for (int column = 0; column < m_days; ++column) {
        const auto day = m_first.addDays(column);
        for (const auto &part : day_parts({span}, day)) {
            painter.setPen(QPen(colors.accent, 2));
            painter.setBrush(colors.accent_soft);
            painter.drawRoundedRect(rect_of(day, part.from, part.to), 4, 4);
        }
    }
}

void WeekGrid::paintEvent(QPaintEvent *event) {
    QPainter painter(this);
    painter.setClipRect(event->rect());
    const auto &colors = tokens(palette());
    paint_ground(painter);
    paint_span(painter);
    for (const auto &part : drawn()) {
        if (part.rect.intersects(event->rect())) {
            paint_item(painter, part.rect, m_reading.items[part.item],
                       hasFocus() && m_reading.items[part.item].id == m_current, colors);
        }
    }
    const auto today = m_now.date();
    if (m_now.isValid() && m_first <= today && today < m_first.addDays(m_days)) {
        const int minute = minute_of(m_now.time());
        const auto line = rect_of(today, minute, minute + 1);
        painter.fillRect(QRect(line.x(), line.y(), line.width(), 2), colors.negative);
    }
    paint_heads(painter);
}

// The days stay in sight at the top while the hours are scrolled below them.
int WeekGrid::hidden_above() const {
    return std::max(0, -pos().y());
}

void WeekGrid::moveEvent(QMoveEvent *event) {
    CalendarGrid::moveEvent(event);
    update();
}

const CalendarItem *WeekGrid::item_at(QPoint place) const {
    return place.y() < hidden_above() + head_height ? nullptr : CalendarGrid::item_at(place);
}

} // namespace studio::ui
