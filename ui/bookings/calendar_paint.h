// SPDX-License-Identifier: Apache-2.0
// How items of a calendar look in every view of it.
#pragma once

#include "ui/bookings/calendar_items.h"

#include <QPainter>

namespace studio::ui {

struct Tokens;

// A tinted block with a bar at its left in the tone of the state; hatched where the time is blocked, framed
// while nobody has decided. As many lines as fit.
void paint_item(QPainter &painter, const QRect &rect, const CalendarItem &item, bool current,
                const Tokens &colors);

} // namespace studio::ui
