// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"

#include <QWidget>

namespace studio::ui {

class ThumbnailSource;

// A photo as a box of this shape crops it around its focal point.
class CropView final : public QWidget {
    Q_OBJECT

public:
    CropView(ThumbnailSource &thumbnails, models::Photo photo, QSize size, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ThumbnailSource &m_thumbnails;
    models::Photo m_photo;
};

} // namespace studio::ui
