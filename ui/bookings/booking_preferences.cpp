// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_preferences.h"

#include "ui/bookings/booking_words.h"
#include "ui/widgets/tenant_id.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>

#include <array>

namespace studio::ui {

namespace {

constexpr std::array<const char *, 6> date_names{"any",        "today",      "next_week",
                                                 "next_month", "past_month", "between"};

QJsonObject written(const QueueFilter &filter) {
    QJsonArray statuses;
    for (const auto status : filter.statuses) {
        const auto name = models::to_string(status);
        statuses << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return {{QStringLiteral("statuses"), statuses},
            {QStringLiteral("companion"), filter.tenant_id},
            {QStringLiteral("dates"), QLatin1String(date_names[static_cast<std::size_t>(filter.dates)])},
            {QStringLiteral("first"), filter.first.toString(Qt::ISODate)},
            {QStringLiteral("last"), filter.last.toString(Qt::ISODate)},
            {QStringLiteral("service"), filter.service},
            {QStringLiteral("words"), filter.words}};
}

QueueFilter read(const QJsonObject &object) {
    QueueFilter filter;
    for (const auto &value : object[QStringLiteral("statuses")].toArray()) {
        if (const auto status = models::booking_status_of(value.toString().toStdString())) {
            filter.statuses.push_back(*status);
        }
    }
    filter.tenant_id = object[QStringLiteral("companion")].toString();
    const auto dates = object[QStringLiteral("dates")].toString();
    for (std::size_t choice = 0; choice < date_names.size(); ++choice) {
        if (dates == QLatin1String(date_names[choice])) {
            filter.dates = static_cast<DateChoice>(choice);
        }
    }
    filter.first = QDate::fromString(object[QStringLiteral("first")].toString(), Qt::ISODate);
    filter.last = QDate::fromString(object[QStringLiteral("last")].toString(), Qt::ISODate);
    filter.service = object[QStringLiteral("service")].toString();
    filter.words = object[QStringLiteral("words")].toString();
    return filter;
}

} // namespace

QString booking_preferences_path(const QString &folder, const std::string &database_id,
                                 const std::string &login) {
    const auto encoded = [](const std::string &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(text)));
    };
    return QStringLiteral("%1/bookings/%2/%3.json").arg(folder, encoded(database_id), encoded(login));
}

BookingPreferences load_booking_preferences(const QString &path) {
    BookingPreferences preferences;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return preferences;
    }
    const auto object = QJsonDocument::fromJson(file.readAll()).object();
    preferences.notifies = object[QStringLiteral("notifies")].toBool(true);
    preferences.names_companion = object[QStringLiteral("namesCompanion")].toBool();
    preferences.plays_sound = object[QStringLiteral("playsSound")].toBool();
    for (const auto &value : object[QStringLiteral("views")].toArray()) {
        const auto view = value.toObject();
        preferences.views.push_back({view[QStringLiteral("name")].toString(), read(view)});
    }
    return preferences;
}

bool save_booking_preferences(const QString &path, const BookingPreferences &preferences) {
    if (path.isEmpty()) {
        return true;
    }
    QJsonArray views;
    for (const auto &view : preferences.views) {
        auto object = written(view.filter);
        object[QStringLiteral("name")] = view.name;
        views << object;
    }
    const QJsonObject object{{QStringLiteral("notifies"), preferences.notifies},
                             {QStringLiteral("namesCompanion"), preferences.names_companion},
                             {QStringLiteral("playsSound"), preferences.plays_sound},
                             {QStringLiteral("views"), views}};
    if (!QDir().mkpath(QFileInfo(path).path())) {
        return false;
    }
    QSaveFile file(path);
    const auto text = QJsonDocument(object).toJson();
    // Views hold names of clients.
    return file.open(QIODevice::WriteOnly) &&
           file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
           file.write(text) == text.size() && file.commit();
}

db::BookingFilter booking_filter(const QueueFilter &filter, const QDateTime &now) {
    db::BookingFilter result;
    if (!filter.tenant_id.isEmpty()) {
        result.tenant_id = to_tenant_id(filter.tenant_id);
    }
    result.statuses = filter.statuses;
    result.service = filter.service.toStdString();
    result.words = filter.words.toStdString();
    const auto today = now.date().startOfDay(now.timeZone());
    const auto between = [&result, &today](int first, int last) {
        result.from = to_time(today.addDays(first));
        result.to = to_time(today.addDays(last));
    };
    switch (filter.dates) {
    case DateChoice::Any:
        break;
    case DateChoice::Today:
        between(0, 1);
        break;
    case DateChoice::NextWeek:
        between(0, 7);
        break;
    case DateChoice::NextMonth:
        between(0, 30);
        break;
    case DateChoice::PastMonth:
        between(-30, 1);
        break;
    case DateChoice::Between:
        if (filter.first.isValid() && filter.last.isValid()) {
            result.from = to_time(filter.first.startOfDay(now.timeZone()));
            result.to = to_time(filter.last.addDays(1).startOfDay(now.timeZone()));
        }
        break;
    }
    result.order = filter.dates == DateChoice::Any ? db::BookingOrder::Queue : db::BookingOrder::Start;
    return result;
}

} // namespace studio::ui
