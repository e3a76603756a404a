// SPDX-License-Identifier: Apache-2.0
#include "ui/library/focal_view.h"

#include "ui/library/thumbnail_source.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int height_px = 220;
constexpr QSize read_size(720, 540);

} // namespace

FocalView::FocalView(ThumbnailSource &thumbnails, const QString &name, QWidget *parent)
    : QWidget(parent), m_thumbnails(thumbnails) {
    setObjectName(name);
    setAccessibleName(tr("Photo with its focal point"));
    setFixedHeight(height_px);
    setFocusPolicy(Qt::StrongFocus);
    set_may_edit(true);
    connect(&thumbnails, &ThumbnailSource::ready, this, [this](const QString &url) {
        if (url.toStdString() == m_photo.url) {
            update();
        }
    });
}

void FocalView::set_may_edit(bool may_edit) {
    m_may_edit = may_edit;
    setCursor(may_edit ? Qt::CrossCursor : Qt::ArrowCursor);
    setToolTip(may_edit ? tr("Click the most important point. It stays visible when the photo is cropped.")
                        : QString());
}

void FocalView::show_photo(const models::Photo &photo) {
    m_photo = photo;
    m_point = photo.focal_point;
    update();
}

void FocalView::set_point(const models::FocalPoint &point) {
    m_point = point;
    update();
}

QPixmap FocalView::picture() const {
    return m_thumbnails.find(m_photo, read_size);
}

QRectF FocalView::picture_rect() const {
    const QSizeF shape =
        m_photo.width > 0 && m_photo.height > 0 ? QSizeF(m_photo.width, m_photo.height) : QSizeF(read_size);
    const auto size = shape.scaled(QSizeF(this->size()) - QSizeF(4, 4), Qt::KeepAspectRatio);
    return {QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

void FocalView::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.border, hasFocus() ? 2 : 1));
    painter.setBrush(colors.skeleton);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const auto box = picture_rect();
    const auto pixmap = picture();
    if (!pixmap.isNull()) {
        painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()));
    } else if (const auto mean = placeholder_image(m_photo); !mean.isNull()) {
        painter.drawImage(box, mean);
    }
    const QPointF at(box.x() + m_point.x * box.width(), box.y() + m_point.y * box.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawEllipse(at, 11, 11);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(at, 11, 11);
}

void FocalView::pick(double x, double y) {
    m_point = {std::clamp(x, 0.0, 1.0), std::clamp(y, 0.0, 1.0)};
    update();
    emit point_picked();
}

void FocalView::mousePressEvent(QMouseEvent *event) {
    setFocus(Qt::MouseFocusReason);
    const auto box = picture_rect();
    if (m_may_edit && event->button() == Qt::LeftButton && box.contains(event->position())) {
        pick((event->position().x() - box.x()) / box.width(),
             (event->position().y() - box.y()) / box.height());
    }
}

void FocalView::keyPressEvent(QKeyEvent *event) {
    constexpr double step = 0.02;
    const auto [dx, dy] = event->key() == Qt::Key_Left    ? std::pair(-step, 0.0)
                          : event->key() == Qt::Key_Right ? std::pair(step, 0.0)
                          : event->key() == Qt::Key_Up    ? std::pair(0.0, -step)
                          : event->key() == Qt::Key_Down  ? std::pair(0.0, step)
                                                          : std::pair(0.0, 0.0);
    if (!m_may_edit || (dx == 0 && dy == 0)) {
        QWidget::keyPressEvent(event);
        return;
    }
    pick(m_point.x + dx, m_point.y + dy);
}

} // namespace studio::ui
