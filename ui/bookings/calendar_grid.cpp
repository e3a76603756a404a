// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_grid.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace studio::ui {

CalendarGrid::CalendarGrid(const QString &name, QWidget *parent) : QWidget(parent) {
    setObjectName(name);
    setFocusPolicy(Qt::StrongFocus);
}

void CalendarGrid::show_days(QDate first, int days, const CalendarReading &reading) {
    m_first = first;
    m_days = days;
    m_reading = reading;
    m_current = std::min(m_current, static_cast<int>(m_reading.items.size()) - 1);
    QStringList words;
    for (const auto &item : m_reading.items) {
        words << item_words(item);
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

QRect CalendarGrid::place_of(const QString &item) const {
    for (const auto &part : drawn()) {
        if (m_reading.items[part.item].id == item) {
            return part.rect;
        }
    }
    return {};
}

const CalendarItem *CalendarGrid::item_at(QPoint place) const {
    const auto parts = drawn();
    const auto found =
        std::ranges::find_if(parts, [place](const Drawn &part) { return part.rect.contains(place); });
    return found == parts.end() ? nullptr : &m_reading.items[found->item];
}

void CalendarGrid::mousePressEvent(QMouseEvent *event) {
    if (const auto *item = item_at(event->pos())) {
        const auto pressed = *item; // what listens may show other items
        emit item_pressed(pressed);
    } else {
        press_empty(event->pos());
    }
}

void CalendarGrid::move(int step) {
    const int last = static_cast<int>(m_reading.items.size()) - 1;
    if (m_current + step < 0 || m_current + step > last) {
        emit moved(step);
        return;
    }
    m_current += step;
    setAccessibleName(item_words(m_reading.items[static_cast<std::size_t>(m_current)]));
    update();
}

void CalendarGrid::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        move(event->key() == Qt::Key_Left ? -1 : 1);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current >= 0) {
        const auto pressed = m_reading.items[static_cast<std::size_t>(m_current)];
        emit item_pressed(pressed);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool CalendarGrid::event(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto *item = item_at(help->pos());
        QToolTip::showText(help->globalPos(), item == nullptr ? QString() : item_words(*item), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace studio::ui
