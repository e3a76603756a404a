// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace studio::ui {

// While it lives, the mouse wheel changes no field of the application: over a spin box, date, combo box, tab
// or slider it scrolls what the field stands in, whether the field has the focus or not. Values are changed
// by keys, clicks and the fields' own arrows.
class WheelGuard final : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace studio::ui
