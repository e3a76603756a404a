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

const CalendarItem *CalendarGrid::current() const {
    const auto found = std::ranges::find(m_reading.items, m_current, &CalendarItem::id);
    return m_current.isEmpty() || found == m_reading.items.end() ? nullptr : &*found;
}

void CalendarGrid::set_now(const QDateTime &now) {
    m_now = now;
    update();
}

void CalendarGrid::mark(const CalendarItem &item) {
    m_current = item.id;
    setAccessibleName(item_words(item));
    update();
}

void CalendarGrid::mousePressEvent(QMouseEvent *event) {
    if (const auto *item = item_at(event->pos())) {
        const auto pressed = *item; // what listens may show other items
        mark(pressed);
        emit item_pressed(pressed);
    } else {
        m_current.clear();
        press_empty(event->pos());
    }
}

void CalendarGrid::move(int step) {
    const int last = static_cast<int>(m_reading.items.size()) - 1;
    const auto *from = current();
    const int next = (from == nullptr ? -1 : static_cast<int>(from - m_reading.items.data())) + step;
    if (next < 0 || next > last) {
        emit moved(step);
        return;
    }
    mark(m_reading.items[static_cast<std::size_t>(next)]);
}

void CalendarGrid::keyPressEvent(QKeyEvent *event) {
    const auto *item = current();
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool removes = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        move(event->key() == Qt::Key_Left ? -1 : 1);
    } else if (item != nullptr && opens) {
        const auto pressed = *item;
        emit item_pressed(pressed);
    } else if (item != nullptr && removes) {
        const auto pressed = *item;
        emit removal_asked(pressed);
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
