// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/skeleton.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace studio::ui {

Skeleton::Skeleton(Shape shape, QWidget *parent) : QWidget(parent), m_shape(shape) {
    setAccessibleName(tr("Loading"));
}

void Skeleton::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens(palette()).skeleton);
    const auto bar = [&painter](qreal x, qreal y, qreal width, qreal height) {
        painter.drawRoundedRect(QRectF(x, y, width, height), 4, 4);
    };
    const int row = m_shape == Shape::Table ? 72 : 64;
    for (int index = 0; index * row < height() && index < 8; ++index) {
        painter.setOpacity(1.0 - index * 0.11);
        const qreal top = index * row + 12.0;
        if (m_shape == Shape::Table) {
            bar(12, top, 84, 48);
            bar(112, top + 8, width() * (index % 2 == 0 ? 0.22 : 0.17), 12);
            bar(112, top + 30, width() * 0.13, 10);
            bar(width() * 0.55, top + 18, 64, 14);
            bar(width() * 0.78, top + 18, width() * 0.12, 12);
        } else {
            bar(20, top, width() * 0.2, 10);
            bar(20, top + 18, width() * 0.6, 30);
        }
    }
}

} // namespace studio::ui
