// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QPointF>
#include <QWidget>

namespace studio::ui {

// A photo with its focal point, which stays visible when the photo is cropped. Clicks and arrow keys move the
// point; picture files can be dropped on it.
class FocalPicture final : public QWidget {
    Q_OBJECT

public:
    explicit FocalPicture(QWidget *parent = nullptr);

    void set_image(const QImage &image, const QString &placeholder);
    void set_point(QPointF point); // 0..1 from the left and the top
    QPointF point() const { return m_point; }
    QRect picture_rect() const; // where the photo is drawn
    QSize sizeHint() const override { return {300, 190}; }

signals:
    void point_picked(QPointF point);
    void files_dropped(const QStringList &files);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void pick(QPointF point);

    QImage m_image;
    QString m_placeholder;
    QPointF m_point{0.5, 0.5};
};

} // namespace studio::ui
