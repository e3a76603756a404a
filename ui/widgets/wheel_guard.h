// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace studio::ui {

// While it exists, the mouse wheel changes no field of the application. Over a spin box, date, combo box, tab
// bar or slider it scrolls the area around the field, whether or not the field has the focus. Values are
// changed by keys, clicks and the fields' own arrows.
class WheelGuard final : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace studio::ui
