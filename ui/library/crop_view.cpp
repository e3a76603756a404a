// SPDX-License-Identifier: Apache-2.0
#include "ui/library/crop_view.h"

#include "ui/library/thumbnail_source.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace studio::ui {

CropView::CropView(ThumbnailSource &thumbnails, models::Photo photo, QSize size, QWidget *parent)
    : QWidget(parent), m_thumbnails(thumbnails), m_photo(std::move(photo)) {
    setFixedSize(size);
    connect(&thumbnails, &ThumbnailSource::ready, this, [this](const QString &url) {
        if (url.toStdString() == m_photo.url) {
            update();
        }
    });
}

void CropView::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const auto pixmap = m_thumbnails.find(m_photo, (QSizeF(size()) * devicePixelRatioF()).toSize());
    if (!pixmap.isNull()) {
        painter.drawPixmap(QRectF(rect()), pixmap, crop_around(pixmap.size(), size(), m_photo.focal_point));
    } else if (const auto mean = placeholder_image(m_photo); !mean.isNull()) {
        painter.drawImage(rect(), mean);
    } else {
        painter.fillRect(rect(), tokens(palette()).skeleton);
    }
    painter.setPen(tokens(palette()).border);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace studio::ui
