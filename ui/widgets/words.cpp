// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace studio::ui {

namespace {
QString tr(const char *text, int number = -1) {
    return QCoreApplication::translate("studio::ui::words", text, nullptr, number);
}
} // namespace

QDateTime to_date_time(models::Time time) {
    using namespace std::chrono;
    return QDateTime::fromMSecsSinceEpoch(duration_cast<milliseconds>(time.time_since_epoch()).count());
}

QDateTime to_date_time(models::Time time, const QTimeZone &zone) {
    using namespace std::chrono;
    return QDateTime::fromMSecsSinceEpoch(duration_cast<milliseconds>(time.time_since_epoch()).count(), zone);
}

QString relative_time(const QDateTime &time, const QDateTime &now) {
    const auto seconds = time.secsTo(now);
    const auto clock = QLocale().toString(time.time(), QStringLiteral("HH:mm"));
    if (seconds < 60) {
        return tr("just now");
    }
    if (seconds < 3600) {
        const auto minutes = static_cast<int>(seconds / 60);
        return minutes == 1
                   ? tr("1 minute ago")
                   : tr("%n minutes ago", minutes).replace(QStringLiteral("%n"), QString::number(minutes));
    }
    if (time.date() == now.date()) {
        return tr("today %1").arg(clock);
    }
    if (time.date().addDays(1) == now.date()) {
        return tr("yesterday %1").arg(clock);
    }
    const auto same_year = time.date().year() == now.date().year();
    return QLocale().toString(time.date(),
                              same_year ? QStringLiteral("d MMMM") : QStringLiteral("d MMMM yyyy"));
}

QString full_time(const QDateTime &time) {
    return QLocale().toString(time, QStringLiteral("dddd, d MMMM yyyy HH:mm"));
}

QString status_word(models::TenantStatus status) {
    switch (status) {
    case models::TenantStatus::Active:
        return tr("Live");
    case models::TenantStatus::Inactive:
        return tr("Offline");
    case models::TenantStatus::Preview:
        break;
    }
    return tr("Preview");
}

QString role_word(models::Role role) {
    switch (role) {
    case models::Role::Operator:
        return tr("Operator");
    case models::Role::Staff:
        return tr("Booking staff");
    case models::Role::Companion:
        break;
    }
    return tr("Companion");
}

QString author_label(const std::string &name) {
    if (name == "studio_owner") {
        return tr("Setup");
    }
    return name == "renderer" ? tr("Public service") : QString::fromStdString(name);
}

} // namespace studio::ui
