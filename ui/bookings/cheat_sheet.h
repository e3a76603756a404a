// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QPointer>

namespace studio::ui {

// The keys of the bookings page, over its middle. Any key or click closes it and gives the
// focus back.
class CheatSheet final : public QFrame {
    Q_OBJECT

public:
    explicit CheatSheet(QWidget *page);
    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void give_back();

    QPointer<QWidget> m_before; // had the focus when the sheet was opened
};

} // namespace studio::ui
