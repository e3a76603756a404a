// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/typed_words.h"

#include "base/time.h"

#include <algorithm>

namespace studio::ui {

namespace {

QString text(const std::optional<std::string> &words) {
    return QString::fromStdString(words.value_or(std::string()));
}

std::optional<std::string> words(const QJsonObject &object, QLatin1String key) {
    return object.contains(key) ? std::optional(object[key].toString().toStdString()) : std::nullopt;
}

} // namespace

QJsonObject written(const TypedNotes &notes) {
    QJsonObject object;
    for (auto note = notes.begin(); note != notes.end(); ++note) {
        object[note.key()] =
            QJsonObject{{QStringLiteral("client"), note->client}, {QStringLiteral("text"), note->text}};
    }
    return object;
}

TypedNotes read_notes(const QJsonObject &object) {
    TypedNotes notes;
    for (auto note = object.begin(); note != object.end(); ++note) {
        const auto fields = note.value().toObject();
        notes.insert(note.key(), {fields[QStringLiteral("client")].toString(),
                                  fields[QStringLiteral("text")].toString()});
    }
    return notes;
}

QJsonObject written(const DecisionDraft &draft) {
    QJsonObject object{{QStringLiteral("act"), QString::fromLatin1(entry_of(draft.act).name)},
                       {QStringLiteral("note"), draft.note},
                       {QStringLiteral("message"), draft.message},
                       {QStringLiteral("reason"), draft.reason},
                       {QStringLiteral("deposit"), draft.deposit},
                       {QStringLiteral("mail"), draft.mail}};
    if (draft.place_kind) {
        object[QStringLiteral("placeKind")] = text(draft.place_kind);
    }
    if (draft.place) {
        object[QStringLiteral("place")] = text(draft.place);
    }
    if (draft.start && draft.end) {
        object[QStringLiteral("startUs")] = static_cast<qint64>(base::to_microseconds(*draft.start));
        object[QStringLiteral("endUs")] = static_cast<qint64>(base::to_microseconds(*draft.end));
    }
    if (draft.money) {
        object[QStringLiteral("money")] =
            QJsonObject{{QStringLiteral("what"), draft.money->what},
                        {QStringLiteral("amount"), draft.money->amount},
                        {QStringLiteral("method"), draft.money->method},
                        {QStringLiteral("day"), draft.money->day.toString(Qt::ISODate)}};
    }
    if (draft.block) {
        object[QStringLiteral("block")] = QJsonObject{{QStringLiteral("email"), draft.block->email},
                                                      {QStringLiteral("phone"), draft.block->phone},
                                                      {QStringLiteral("address"), draft.block->address},
                                                      {QStringLiteral("hours"), draft.block->hours},
                                                      {QStringLiteral("reason"), draft.block->reason}};
    }
    return object;
}

std::optional<DecisionDraft> read_draft(const QJsonObject &object) {
    const auto name = object[QStringLiteral("act")].toString();
    const auto entries = act_entries();
    const auto found = std::ranges::find_if(
        entries, [&name](const ActEntry &entry) { return name == QLatin1String(entry.name); });
    if (found == entries.end()) {
        return std::nullopt;
    }
    DecisionDraft draft;
    draft.act = found->act;
    draft.note = object[QStringLiteral("note")].toString();
    draft.message = object[QStringLiteral("message")].toString();
    draft.reason = object[QStringLiteral("reason")].toString();
    draft.deposit = object[QStringLiteral("deposit")].toBool(true);
    draft.mail = object[QStringLiteral("mail")].toBool(true);
    draft.place_kind = words(object, QLatin1String("placeKind"));
    draft.place = words(object, QLatin1String("place"));
    if (object.contains(QStringLiteral("startUs")) && object.contains(QStringLiteral("endUs"))) {
        draft.start = base::from_microseconds(object[QStringLiteral("startUs")].toInteger());
        draft.end = base::from_microseconds(object[QStringLiteral("endUs")].toInteger());
    }
    if (const auto money = object[QStringLiteral("money")].toObject(); !money.isEmpty()) {
        draft.money = {money[QStringLiteral("what")].toString(), money[QStringLiteral("amount")].toString(),
                       money[QStringLiteral("method")].toString(),
                       QDate::fromString(money[QStringLiteral("day")].toString(), Qt::ISODate)};
    }
    if (const auto block = object[QStringLiteral("block")].toObject(); !block.isEmpty()) {
        draft.block = {block[QStringLiteral("email")].toBool(), block[QStringLiteral("phone")].toBool(),
                       block[QStringLiteral("address")].toBool(), block[QStringLiteral("hours")].toInt(),
                       block[QStringLiteral("reason")].toString()};
    }
    return draft;
}

QJsonObject written(const TypedDecisions &decisions) {
    QJsonObject object;
    for (auto draft = decisions.begin(); draft != decisions.end(); ++draft) {
        object[draft.key()] = written(*draft);
    }
    return object;
}

TypedDecisions read_decisions(const QJsonObject &object) {
    TypedDecisions decisions;
    for (auto draft = object.begin(); draft != object.end(); ++draft) {
        if (const auto known = read_draft(draft.value().toObject())) {
            decisions.insert(draft.key(), *known);
        }
    }
    return decisions;
}

} // namespace studio::ui
