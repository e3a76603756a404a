// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace studio::ui {

// An icon of resources/icons by file name without ".svg". It follows the application's palette: text colour,
// the accent while checked or selected, grey while disabled. An unknown name asserts and draws nothing.
QIcon line_icon(const QString &name);
// In one colour whatever the palette: white on a filled button.
QIcon line_icon(const QString &name, const QColor &color);
QPixmap line_pixmap(const QString &name, const QColor &color, int size, qreal device_pixel_ratio);
QIcon product_icon();

} // namespace studio::ui
