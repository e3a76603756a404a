// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/month_grid.h"

#include "ui/bookings/calendar_paint.h"
#include "ui/widgets/theme.h"

#include <QLocale>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int weeks = 6;
constexpr int week_days = 7;
constexpr int head_height = 28;
constexpr int day_height = 22;
constexpr int chip_height = 20;

} // namespace

MonthGrid::MonthGrid(QWidget *parent) : CalendarGrid(QStringLiteral("calendar.month"), parent) {
    setAccessibleName(tr("Calendar by days"));
    setMinimumHeight(head_height + weeks * (day_height + 2 * chip_height));
}

QRect MonthGrid::cell(int number) const {
    const int cell_width = width() / week_days;
    const int cell_height = (height() - head_height) / weeks;
    return {number % week_days * cell_width, head_height + number / week_days * cell_height, cell_width,
            cell_height};
}

int MonthGrid::chips() const {
    return std::max(1, (cell(0).height() - day_height) / chip_height);
}

std::vector<CalendarGrid::Drawn> MonthGrid::drawn() const {
    std::vector<Drawn> rects;
    for (int number = 0; number < weeks * week_days; ++number) {
        const auto parts = day_parts(m_reading.items, m_first.addDays(number));
        const auto fits = static_cast<std::size_t>(chips());
        const auto shown = parts.size() <= fits ? parts.size() : fits - 1; // the last line says how many more
        const auto place = cell(number);
        for (std::size_t chip = 0; chip < shown; ++chip) {
            rects.push_back(
                {QRect(place.x() + 3, place.y() + day_height + static_cast<int>(chip) * chip_height,
                       place.width() - 6, chip_height - 2),
                 parts[chip].item});
        }
    }
    return rects;
}

void MonthGrid::press_empty(QPoint place) {
    for (int number = 0; number < weeks * week_days; ++number) {
        if (cell(number).contains(place)) {
            emit day_pressed(m_first.addDays(number));
        }
    }
}

void MonthGrid::paint_day(QPainter &painter, int number) const {
    const auto &colors = tokens(palette());
    const auto place = cell(number);
    const auto day = m_first.addDays(number);
    const bool is_today = m_now.isValid() && day == m_now.date();
    painter.setPen(colors.border);
    painter.setBrush(day.month() == m_month ? colors.surface : colors.window);
    painter.drawRect(place);
    auto font = painter.font();
    font.setPixelSize(12);
    font.setWeight(is_today ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(is_today ? colors.accent : day.month() == m_month ? colors.text : colors.muted);
    const auto head = place.adjusted(6, 2, -6, 0);
    painter.drawText(QRect(head.x(), head.y(), head.width(), day_height - 2),
                     Qt::AlignLeft | Qt::AlignVCenter, QString::number(day.day()));
    for (const auto &tour : m_reading.tours) {
        if (tour.first <= day && day <= tour.last) {
            painter.setPen(colors.caution);
            painter.drawText(QRect(head.x() + 20, head.y(), head.width() - 20, day_height - 2),
                             Qt::AlignRight | Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(tour.city, Qt::ElideRight, head.width() - 20));
        }
    }
    const auto parts = day_parts(m_reading.items, day);
    const auto fits = static_cast<std::size_t>(chips());
    if (parts.size() > fits) {
        painter.setPen(colors.muted);
        painter.drawText(QRect(head.x(), place.y() + day_height + static_cast<int>(fits - 1) * chip_height,
                               head.width(), chip_height),
                         Qt::AlignLeft | Qt::AlignVCenter, tr("+%1 more").arg(parts.size() - fits + 1));
    }
}

void MonthGrid::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const auto &colors = tokens(palette());
    painter.fillRect(rect(), colors.surface);
    painter.setPen(colors.muted);
    for (int column = 0; column < week_days; ++column) {
        const auto head = cell(column);
        painter.drawText(QRect(head.x() + 6, 0, head.width() - 6, head_height),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QLocale().toString(m_first.addDays(column), QStringLiteral("ddd")));
    }
    for (int number = 0; number < weeks * week_days; ++number) {
        paint_day(painter, number);
    }
    for (const auto &part : drawn()) {
        paint_item(painter, part.rect, m_reading.items[part.item],
                   hasFocus() && m_reading.items[part.item].id == m_current, colors);
    }
}

} // namespace studio::ui
