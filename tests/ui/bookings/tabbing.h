// SPDX-License-Identifier: Apache-2.0
// Which fields a person comes to with Tab.
#pragma once

#include <QApplication>
#include <QStringList>
#include <QTest>

namespace studio::ui {

// The names of the fields from the one with the focus to `last`. A date has several parts, through which Tab
// goes as well.
inline QStringList fields_until(const char *last) {
    constexpr int most_presses = 60;
    QStringList names{QApplication::focusWidget()->objectName()};
    for (int press = 0; press < most_presses && names.back() != QLatin1String(last); ++press) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (const auto name = QApplication::focusWidget()->objectName(); name != names.back()) {
            names << name;
        }
    }
    return names;
}

} // namespace studio::ui
