// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QWidget;

namespace studio::ui {

// While it exists, Enter and Space never press a button that nobody chose. When the widget with the focus is
// hidden or disabled, Qt moves the focus to the next widget, which may be a button; the guard moves it to the
// nearest visible container instead, which does not react to keys. When another page of a stacked widget is
// shown, the page gets the focus rather than a button on it. Tab continues from there.
class FocusGuard final : public QObject {
    Q_OBJECT

public:
    explicit FocusGuard(QObject *parent = nullptr);

private:
    static void follow(QWidget *before, QWidget *now);
};

} // namespace studio::ui
