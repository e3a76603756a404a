// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/focal_picture.h"

#include "ui/widgets/file_drops.h"
#include "ui/widgets/theme.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

FocalPicture::FocalPicture(QWidget *parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setFixedHeight(190);
    setCursor(Qt::CrossCursor);
    setToolTip(tr("Click the most important point. It stays visible when the photo is cropped."));
}

void FocalPicture::set_image(const QImage &image, const QString &placeholder) {
    m_image = image;
    m_placeholder = placeholder;
    update();
}

void FocalPicture::set_point(QPointF point) {
    m_point = point;
    update();
}

QRect FocalPicture::picture_rect() const {
    if (m_image.isNull()) {
        return rect();
    }
    const auto size = m_image.size().scaled(this->size() - QSize(4, 4), Qt::KeepAspectRatio);
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

void FocalPicture::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.border, hasFocus() ? 2 : 1));
    painter.setBrush(colors.skeleton);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    if (m_image.isNull()) {
        painter.setPen(colors.muted);
        painter.drawText(rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    const auto box = picture_rect();
    painter.drawImage(box, m_image);
    const QPointF at(box.x() + m_point.x() * box.width(), box.y() + m_point.y() * box.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 4));
    painter.drawEllipse(at, 11, 11);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(at, 11, 11);
    painter.setBrush(Qt::white);
    painter.drawEllipse(at, 1.5, 1.5);
}

void FocalPicture::pick(QPointF point) {
    m_point = {std::clamp(point.x(), 0.0, 1.0), std::clamp(point.y(), 0.0, 1.0)};
    update();
    emit point_picked(m_point);
}

void FocalPicture::mousePressEvent(QMouseEvent *event) {
    setFocus(Qt::MouseFocusReason);
    const auto box = picture_rect();
    if (event->button() == Qt::LeftButton && !m_image.isNull() && box.contains(event->pos())) {
        pick({(event->position().x() - box.x()) / box.width(),
              (event->position().y() - box.y()) / box.height()});
    }
}

void FocalPicture::keyPressEvent(QKeyEvent *event) {
    const double step = event->modifiers() & Qt::ShiftModifier ? 0.1 : 0.02;
    QPointF move;
    switch (event->key()) {
    case Qt::Key_Left:
        move = {-step, 0};
        break;
    case Qt::Key_Right:
        move = {step, 0};
        break;
    case Qt::Key_Up:
        move = {0, -step};
        break;
    case Qt::Key_Down:
        move = {0, step};
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->modifiers() & Qt::AltModifier || m_image.isNull()) {
        event->ignore(); // left to a list around this widget, which reorders its rows
        return;
    }
    pick(m_point + move);
}

void FocalPicture::dragEnterEvent(QDragEnterEvent *event) {
    if (!dragged_files(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void FocalPicture::dropEvent(QDropEvent *event) {
    event->acceptProposedAction();
    emit files_dropped(dragged_files(event->mimeData()));
}

void FocalPicture::focusInEvent(QFocusEvent *event) {
    QWidget::focusInEvent(event);
    update();
}

void FocalPicture::focusOutEvent(QFocusEvent *event) {
    QWidget::focusOutEvent(event);
    update();
}

} // namespace studio::ui
