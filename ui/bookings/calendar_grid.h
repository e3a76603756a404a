// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/calendar_items.h"

#include <QWidget>

namespace studio::ui {

// What day, week and month have in common: items that can be pressed, or reached with the arrow keys and
// opened with Enter.
class CalendarGrid : public QWidget {
    Q_OBJECT

public:
    CalendarGrid(const QString &name, QWidget *parent);
    void show_days(QDate first, int days, const CalendarReading &reading);
    const CalendarReading &reading() const { return m_reading; }
    // The moment on the calendar's clock.
    void set_now(const QDateTime &now);
    // Where an item is drawn; empty where it is not.
    QRect place_of(const QString &item) const;

signals:
    void item_pressed(const studio::ui::CalendarItem &item);
    // Delete on the item that is marked.
    void removal_asked(const studio::ui::CalendarItem &item);
    void day_pressed(QDate day);
    void moved(int pages); // left or right past the first or last item

protected:
    struct Drawn {
        QRect rect;
        std::size_t item = 0;
    };
    virtual std::vector<Drawn> drawn() const = 0;
    virtual void press_empty(QPoint place) = 0;
    virtual const CalendarItem *item_at(QPoint place) const; // null where nothing is
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

    QDate m_first = QDate::currentDate();
    int m_days = 7;
    CalendarReading m_reading;
    QString m_current; // the id of the item that is marked: by keys, or pressed last
    QDateTime m_now;

private:
    const CalendarItem *current() const;
    void mark(const CalendarItem &item);
    void move(int step);
};

} // namespace studio::ui
