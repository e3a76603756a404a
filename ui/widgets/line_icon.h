// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace studio::ui {

// An icon of resources/icons by its file name without ".svg". Its colour follows the application's palette:
// text colour, accent while checked or selected, grey while disabled. An unknown name fails an assertion, or
// draws nothing in a release build.
QIcon line_icon(const QString &name);
// An icon in one colour whatever the palette, such as white on a filled button.
QIcon line_icon(const QString &name, const QColor &color);
QPixmap line_pixmap(const QString &name, const QColor &color, int size, qreal device_pixel_ratio);
QIcon product_icon();

} // namespace studio::ui
