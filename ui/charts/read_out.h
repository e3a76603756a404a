// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPainter;
class QPointF;
class QString;
class QWidget;

namespace studio::ui {

// The exact figures beside the place that the mouse points at: a framed text, right of `at` or left of it
// where the widget ends before.
void paint_read_out(QPainter &painter, const QString &text, const QPointF &at, const QWidget &widget);

} // namespace studio::ui
