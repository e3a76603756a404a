// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QWidget;

namespace studio::ui {

// While it lives, no press of Enter or Space reaches a button that nobody chose. Where the widget with the
// focus is hidden or disabled, Qt gives the focus to whatever follows; the guard gives it to the nearest
// part of the window that is still there and does nothing by itself. Where another page of a stack comes, a
// button on it does not get the focus, but the page. Tab goes on from there.
class FocusGuard final : public QObject {
    Q_OBJECT

public:
    explicit FocusGuard(QObject *parent = nullptr);

private:
    static void follow(QWidget *before, QWidget *now);
};

} // namespace studio::ui
