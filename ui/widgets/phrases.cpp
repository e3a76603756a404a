// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/phrases.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QLocale>

namespace studio::ui {

QString counted(int number, const QString &one, const QString &many) {
    return number == 1 ? one : many.arg(number);
}

int character_count(const QString &text) {
    return static_cast<int>(base::character_count(text.toStdString()));
}

QString first_characters(const QString &text, int most) {
    const auto bytes = text.toStdString();
    const auto first = base::first_characters(bytes, static_cast<std::size_t>(most));
    return QString::fromUtf8(first.data(), static_cast<qsizetype>(first.size()));
}

QString shortened(const QString &text, int most) {
    return character_count(text) <= most ? text
                                         : first_characters(text, most - 1).trimmed() + QStringLiteral("…");
}

QString name_length_problem(const QString &name, int most) {
    const int count = character_count(name.trimmed());
    return count <= most ? QString()
                         : QCoreApplication::translate("studio::ui::phrases",
                                                       "A name has at most %1 characters; this has %2.")
                               .arg(most)
                               .arg(count);
}

QString short_name(const QString &name) {
    constexpr int longest = 26;
    return shortened(name, longest);
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
