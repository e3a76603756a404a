// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/availability_draft.h"

#include <algorithm>

namespace studio::ui {

namespace {

constexpr const char *only_typed[] = {"exceptions.hours", "exceptions.note", "tours.city", "imports.address",
                                      "imports.name"};

QString text(const models::Json &document) {
    return QString::fromStdString(document.dump());
}

// Null where the text is not one that this program wrote.
models::Json document(const QJsonValue &text) {
    auto read = models::Json::parse(text.toString().toStdString(), nullptr, false);
    return read.is_discarded() ? models::Json() : read;
}

QJsonObject written(const db::BookingSettings &settings) {
    return {{QStringLiteral("availability"), text(settings.availability)},
            {QStringLiteral("rules"), text(settings.rules)},
            {QStringLiteral("version"), settings.version}};
}

db::BookingSettings read_settings(const QJsonObject &object) {
    return {document(object[QStringLiteral("availability")]), document(object[QStringLiteral("rules")]),
            object[QStringLiteral("version")].toInt()};
}

} // namespace

QStringList added_fields() {
    return {QStringLiteral("exceptions.day"),  QStringLiteral("exceptions.hours"),
            QStringLiteral("exceptions.note"), QStringLiteral("tours.city"),
            QStringLiteral("tours.zone"),      QStringLiteral("tours.visibility"),
            QStringLiteral("tours.from"),      QStringLiteral("tours.places"),
            QStringLiteral("tours.first"),     QStringLiteral("tours.last"),
            QStringLiteral("imports.address"), QStringLiteral("imports.name")};
}

QStringList kept_fields() {
    return added_fields() << QStringLiteral("hours.") << QStringLiteral("availability.amount")
                          << QStringLiteral("availability.offers");
}

std::span<const char *const> typed_fields() {
    return only_typed;
}

void forget_typed(AvailabilityDrafts &drafts, const QString &companion, const QString &form) {
    const auto draft = drafts.find(companion);
    if (draft == drafts.end()) {
        return;
    }
    draft->typed.removeIf([&form](const auto &value) { return value.key().startsWith(form); });
    const bool is_typed = std::ranges::any_of(only_typed, [&draft](const char *name) {
        return !draft->typed.value(QLatin1String(name)).toString().trimmed().isEmpty();
    });
    if (!draft->is_edited && !is_typed) {
        drafts.erase(draft);
    }
}

void heed_stored(AvailabilityDrafts &drafts, const QString &companion, const db::BookingSettings &stored) {
    const auto draft = drafts.find(companion);
    if (draft == drafts.end()) {
        return;
    }
    draft->base = stored;
    const bool offers = draft->typed.value(QStringLiteral("availability.offers")).toBool();
    const auto hours = offers ? draft->edited.availability : models::Json();
    if (hours == stored.availability && draft->edited.rules == stored.rules) {
        draft->is_edited = false;
        forget_typed(drafts, companion, QStringLiteral("hours."));
    }
}

QJsonObject written(const AvailabilityDrafts &drafts) {
    QJsonObject object;
    for (auto draft = drafts.begin(); draft != drafts.end(); ++draft) {
        object[draft.key()] =
            QJsonObject{{QStringLiteral("base"), written(draft->base)},
                        {QStringLiteral("edited"), written(draft->edited)},
                        {QStringLiteral("typed"), QJsonObject::fromVariantHash(draft->typed)},
                        {QStringLiteral("isEdited"), draft->is_edited}};
    }
    return object;
}

AvailabilityDrafts read_availability_drafts(const QJsonObject &object) {
    AvailabilityDrafts drafts;
    for (auto draft = object.begin(); draft != object.end(); ++draft) {
        const auto fields = draft.value().toObject();
        drafts.insert(draft.key(), {read_settings(fields[QStringLiteral("base")].toObject()),
                                    read_settings(fields[QStringLiteral("edited")].toObject()),
                                    fields[QStringLiteral("typed")].toObject().toVariantHash(),
                                    fields[QStringLiteral("isEdited")].toBool()});
    }
    return drafts;
}

} // namespace studio::ui
