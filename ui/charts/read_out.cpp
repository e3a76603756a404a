// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/read_out.h"

#include "ui/charts/chart_palette.h"

#include <QFontMetrics>
#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace studio::ui {

void paint_read_out(QPainter &painter, const QString &text, const QPointF &at, const QWidget &widget) {
    const auto &colors = tokens(widget.palette());
    auto small = widget.font();
    small.setPixelSize(12);
    painter.setFont(small);
    const auto box = QFontMetrics(small).boundingRect(QRect(0, 0, 400, 400), Qt::AlignLeft, text);
    QRectF frame(0, at.y(), box.width() + 20, box.height() + 14);
    const bool fits_right = at.x() + 12 + frame.width() <= widget.width();
    frame.moveLeft(fits_right ? at.x() + 12 : std::max(0.0, at.x() - 12 - frame.width()));
    painter.setPen(colors.border);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(frame, 6, 6);
    painter.setPen(colors.text);
    painter.drawText(frame.adjusted(10, 7, -6, -7), Qt::AlignLeft, text);
}

} // namespace studio::ui
