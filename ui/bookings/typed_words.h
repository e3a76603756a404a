// SPDX-License-Identifier: Apache-2.0
// What was typed about bookings, as it stands in the journal.
#pragma once

#include "ui/bookings/decision_draft.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace studio::ui {

// A note that was typed and is not stored, and whom it is about.
struct TypedNote {
    QString client, text;
    bool operator==(const TypedNote &) const = default;
};
using TypedNotes = QHash<QString, TypedNote>;         // by booking
using TypedDecisions = QHash<QString, DecisionDraft>; // by booking

QJsonObject written(const TypedNotes &notes);
TypedNotes read_notes(const QJsonObject &object);
QJsonObject written(const DecisionDraft &draft);
// nullopt where its act is not one that this program knows.
std::optional<DecisionDraft> read_draft(const QJsonObject &object);
QJsonObject written(const TypedDecisions &decisions);
TypedDecisions read_decisions(const QJsonObject &object);

} // namespace studio::ui
