// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/calendar_grid.h"

namespace studio::ui {

// Six weeks of days with their first items; "+3" leads to the day.
class MonthGrid final : public CalendarGrid {
    Q_OBJECT

public:
    explicit MonthGrid(QWidget *parent = nullptr);
    void set_month(int month) { m_month = month; }

protected:
    std::vector<Drawn> drawn() const override;
    void press_empty(QPoint place) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRect cell(int number) const;
    int chips() const; // that fit into a day
    void paint_day(QPainter &painter, int number) const;

    int m_month = 0;
};

} // namespace studio::ui
