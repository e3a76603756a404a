// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"

#include <QPixmap>
#include <QWidget>

namespace studio::ui {

class ThumbnailSource;

// A photo with its focal point, which stays visible when the photo is cropped. Clicks and arrow keys move the
// point where that is allowed.
class FocalView final : public QWidget {
    Q_OBJECT

public:
    FocalView(ThumbnailSource &thumbnails, const QString &name, QWidget *parent = nullptr);

    void show_photo(const models::Photo &photo);
    void set_point(const models::FocalPoint &point);
    models::FocalPoint point() const { return m_point; }
    void set_may_edit(bool may_edit);
    QRectF picture_rect() const; // where the photo is drawn

signals:
    void point_picked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void pick(double x, double y);
    QPixmap picture() const;

    ThumbnailSource &m_thumbnails;
    models::Photo m_photo;
    models::FocalPoint m_point;
    bool m_may_edit = true;
};

} // namespace studio::ui
