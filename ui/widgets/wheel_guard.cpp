// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDial>
#include <QEvent>
#include <QSlider>
#include <QTabBar>

namespace studio::ui {

namespace {

bool holds_a_value(const QWidget *widget) {
    return qobject_cast<const QAbstractSpinBox *>(widget) != nullptr ||
           qobject_cast<const QComboBox *>(widget) != nullptr ||
           qobject_cast<const QSlider *>(widget) != nullptr ||
           qobject_cast<const QDial *>(widget) != nullptr || qobject_cast<const QTabBar *>(widget) != nullptr;
}

} // namespace

WheelGuard::WheelGuard(QObject *parent) : QObject(parent) {
    qApp->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject *watched, QEvent *event) {
    const auto type = event->type();
    if (type != QEvent::Wheel && type != QEvent::Polish) {
        return false;
    }
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || !holds_a_value(widget)) {
        return false;
    }
    if (type == QEvent::Polish) {
        if (widget->focusPolicy() == Qt::WheelFocus) {
            widget->setFocusPolicy(
                Qt::StrongFocus); // otherwise the mouse wheel would give the field the focus
        }
        return false;
    }
    event->ignore(); // passed on to the parent, which scrolls
    return true;
}

} // namespace studio::ui
