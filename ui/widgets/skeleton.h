// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace studio::ui {

// Grey bars in the shape of the content, shown while it loads. They are not animated.
class Skeleton final : public QWidget {
    Q_OBJECT

public:
    enum class Shape { Table, Form };
    explicit Skeleton(Shape shape, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Shape m_shape;
};

} // namespace studio::ui
