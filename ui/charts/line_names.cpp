// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/line_names.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

void paint_line_names(QPainter &painter, std::vector<LineName> names, const QRectF &plot, QFont font) {
    std::ranges::sort(names, {}, &LineName::y);
    font.setPixelSize(12);
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    // Names are placed from the bottom up, so that none is below the plot.
    double floor = plot.bottom() + 6;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        name->y = std::min(name->y, floor);
        floor = name->y - metrics.height();
    }
    for (const auto &name : names) {
        painter.setPen(name.color);
        painter.drawText(QPointF(plot.right() + 8, std::max(name.y, 8.0) + metrics.ascent() / 2.0 - 1),
                         metrics.elidedText(name.text, Qt::ElideRight, line_names_width - 14));
    }
}

} // namespace studio::ui
