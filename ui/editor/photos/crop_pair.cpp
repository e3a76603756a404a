// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/crop_pair.h"

#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr QSize phone_box(52, 112), desktop_box(180, 112); // 390 × 844 and 1440 × 900
constexpr int between_boxes = 12;
} // namespace

QRectF crop_around_point(QSizeF picture, QSizeF box, QPointF point) {
    const auto size = box.scaled(picture, Qt::KeepAspectRatio);
    const double left = std::clamp(point.x() * picture.width() - size.width() / 2, 0.0,
                                   std::max(0.0, picture.width() - size.width()));
    const double top = std::clamp(point.y() * picture.height() - size.height() / 2, 0.0,
                                  std::max(0.0, picture.height() - size.height()));
    return {QPointF(left, top), size};
}

CropPair::CropPair(QWidget *parent) : QWidget(parent) {
    setFixedSize(phone_box.width() + between_boxes + desktop_box.width(), desktop_box.height());
    setAccessibleName(tr("How a phone and a desktop crop the photo"));
    setToolTip(tr("Cropped by a phone and by a desktop. Move the point to choose what stays visible."));
}

void CropPair::show_photo(const QImage &image, QPointF point) {
    m_image = image;
    m_point = point;
    setVisible(!image.isNull());
    update();
}

void CropPair::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (const auto &box :
         {QRect(QPoint(0, 0), phone_box), QRect(QPoint(phone_box.width() + between_boxes, 0), desktop_box)}) {
        painter.drawImage(QRectF(box), m_image, crop_around_point(m_image.size(), box.size(), m_point));
        painter.setPen(tokens(palette()).border);
        painter.drawRect(box.adjusted(0, 0, -1, -1));
    }
}

} // namespace studio::ui
