// SPDX-License-Identifier: Apache-2.0
// What is edited of a companion's availability and not saved.
#pragma once

#include "db/bookings/availability_store.h"
#include "ui/bookings/typed_values.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

#include <span>

namespace studio::ui {

struct AvailabilityDraft {
    db::BookingSettings base, edited; // what was read, and what became of it
    TypedValues typed;
    bool is_edited = false; // else only what is typed and not added is kept
};
using AvailabilityDrafts = QHash<QString, AvailabilityDraft>; // by companion

// The fields for what is added one by one.
QStringList added_fields();
// Those, and those of what is saved together whose text may be unreadable.
QStringList kept_fields();
// Of the fields for what is added, those that hold nothing but what a person typed.
std::span<const char *const> typed_fields();

// What was typed in the form whose fields begin with `form` was added: the draft goes where nothing else is
// in it.
void forget_typed(AvailabilityDrafts &drafts, const QString &companion, const QString &form);
// Her settings were stored after she was left.
void heed_stored(AvailabilityDrafts &drafts, const QString &companion, const db::BookingSettings &stored);

QJsonObject written(const AvailabilityDrafts &drafts);
AvailabilityDrafts read_availability_drafts(const QJsonObject &object);

} // namespace studio::ui
