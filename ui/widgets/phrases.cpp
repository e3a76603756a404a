// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/phrases.h"

#include <QCoreApplication>
#include <QLocale>

namespace studio::ui {

QString counted(int number, const QString &one, const QString &many) {
    return number == 1 ? one : many.arg(number);
}

QString short_name(const QString &name) {
    constexpr int longest = 26;
    return name.size() <= longest ? name : name.left(longest - 1).trimmed() + QStringLiteral("…");
}

QString clock_or_day(const QDateTime &time, const QDateTime &now) {
    const auto clock = QLocale().toString(time.time(), QStringLiteral("HH:mm"));
    if (time.date() == now.date()) {
        return clock;
    }
    if (time.date().addDays(1) == now.date()) {
        return QCoreApplication::translate("studio::ui::phrases", "yesterday %1").arg(clock);
    }
    const bool same_year = time.date().year() == now.date().year();
    return QLocale().toString(time.date(),
                              same_year ? QStringLiteral("d MMMM") : QStringLiteral("d MMMM yyyy"));
}

} // namespace studio::ui
