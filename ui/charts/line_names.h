// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

#include <vector>

class QFont;
class QPainter;

namespace studio::ui {

inline constexpr int line_names_width = 118;

struct LineName {
    double y; // where the line ends
    QString text;
    QColor color;
};

// The names of lines, right of the plot, moved apart where they would overlap.
void paint_line_names(QPainter &painter, std::vector<LineName> names, const QRectF &plot, QFont font);

} // namespace studio::ui
