// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace studio::ui {

// `one` for 1, else `many` with the number at %1.
QString counted(int number, const QString &one, const QString &many);
// A name that fits into a button: the end of a long one becomes "…".
QString short_name(const QString &name);
// "10:42" today, "yesterday 10:42", "3 June".
QString clock_or_day(const QDateTime &time, const QDateTime &now);

} // namespace studio::ui
