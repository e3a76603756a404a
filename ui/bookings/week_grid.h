// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/calendar_grid.h"

#include <optional>

namespace studio::ui {

// One day or seven beside each other, by hours. Two presses on free time choose a span.
class WeekGrid final : public CalendarGrid {
    Q_OBJECT

public:
    static constexpr int hour_height = 44;
    static constexpr int head_height = 44;

    explicit WeekGrid(QWidget *parent = nullptr);
    void set_chooses_spans(bool chooses) { m_chooses = chooses; }
    void forget_span();
    QPoint point_of(QDate day, QTime time) const;

signals:
    // Dates and times as the calendar's clock shows them, whatever the zone of the value; `first` is before
    // `last`.
    void span_started(const QDateTime &first);
    void span_chosen(const QDateTime &first, const QDateTime &last);

protected:
    std::vector<Drawn> drawn() const override;
    void press_empty(QPoint place) override;
    void paintEvent(QPaintEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    const CalendarItem *item_at(QPoint place) const override;

private:
    int hidden_above() const; // pixels
    int column_width() const;
    void paint_ground(QPainter &painter) const;
    void paint_heads(QPainter &painter) const;
    void paint_free(QPainter &painter) const;
    void paint_span(QPainter &painter) const;
    QRect rect_of(QDate day, int from, int to) const;

    bool m_chooses = false;
    std::optional<QDateTime> m_span_start, m_span_end;
};

} // namespace studio::ui
