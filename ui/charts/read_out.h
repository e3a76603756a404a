// SPDX-License-Identifier: Apache-2.0
#pragma once

class QPainter;
class QPointF;
class QString;
class QWidget;

namespace studio::ui {

// Paints the exact figures as a framed text beside the position `at`: right of it, or left where the widget
// has no room there.
void paint_read_out(QPainter &painter, const QString &text, const QPointF &at, const QWidget &widget);

} // namespace studio::ui
