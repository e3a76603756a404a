// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

namespace studio::ui {

// A photo as it is cropped around its focal point for the hero on a phone and on a desktop.
class CropPair final : public QWidget {
    Q_OBJECT

public:
    explicit CropPair(QWidget *parent = nullptr);
    void show_photo(const QImage &image, QPointF point); // hidden while there is no image

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QImage m_image;
    QPointF m_point{0.5, 0.5};
};

// The largest part of a picture of this size in the shape of `box`, centred as closely on the point as
// possible.
QRectF crop_around_point(QSizeF picture, QSizeF box, QPointF point);

} // namespace studio::ui
