// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

namespace studio::ui {

// The keys of the bookings page, over its middle. Any key or click closes it.
class CheatSheet final : public QFrame {
    Q_OBJECT

public:
    explicit CheatSheet(QWidget *page);
    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace studio::ui
