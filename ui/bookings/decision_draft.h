// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/bookings/decision_actions.h"

#include <QDate>
#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

// What a person entered about a deposit.
struct DepositEntry {
    QString what, amount, method;
    QDate day;
    bool operator==(const DepositEntry &) const = default;
};

// What a person entered to block a client.
struct BlockEntry {
    bool email = false, phone = false, address = false;
    int hours = 0;
    QString reason;
    bool operator==(const BlockEntry &) const = default;
};

// All that was entered for a decision about one booking, until it is taken.
struct DecisionDraft {
    Act act = Act::Accept;
    std::optional<std::string> place_kind, place; // nullopt: as the booking has it
    QString note, message, reason;                // the reason's code
    std::optional<models::Time> start, end;       // both or none
    bool deposit = true, mail = true;             // what is ticked
    std::optional<DepositEntry> money;            // nullopt: as it was filled in
    std::optional<BlockEntry> block;
    bool operator==(const DecisionDraft &) const = default;
};

} // namespace studio::ui
