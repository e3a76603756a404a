// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/gallery_delegate.h"

#include "ui/editor/photos/gallery_model.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace studio::ui {

void GalleryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    const QRectF box = QRectF(option.rect).adjusted(3, 3, -3, -3);
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath shape;
    shape.addRoundedRect(box, 6, 6);
    painter->fillPath(shape, colors.skeleton);
    const auto picture = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!picture.isNull()) {
        painter->setClipPath(shape);
        const QSizeF filled = QSizeF(picture.size()).scaled(box.size(), Qt::KeepAspectRatioByExpanding);
        const QRectF target(box.center().x() - filled.width() / 2, box.center().y() - filled.height() / 2,
                            filled.width(), filled.height());
        painter->drawPixmap(target, picture, picture.rect());
        painter->setClipping(false);
    }
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(colors.accent, 3));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box.adjusted(-1, -1, 1, 1), 7, 7);
    }
    if (index.data(GalleryModel::NeedsAltRole).toBool()) {
        painter->setPen(QPen(Qt::white, 1.5));
        painter->setBrush(colors.caution);
        painter->drawEllipse(QPointF(box.right() - 9, box.top() + 9), 5, 5);
    }
    painter->restore();
}

} // namespace studio::ui
