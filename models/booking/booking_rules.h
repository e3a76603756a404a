// SPDX-License-Identifier: Apache-2.0
// A companion's rules for answering bookings: deposit, times to answer, reminders. Stored as JSON:
// {"answerHours": 24, "clientAnswerHours": 48, "reminderHours": 24, "depositReminderHours": 12, "agendaAt":
// "08:00", "repliesToCompanion": false,
//  "deposit": {"kind": "none" | "amount" | "share", "amountMinor": 20000, "percent": 30, "dueHours": 48,
//              "howToPay": "Account 1234"}}
#pragma once

#include "base/time.h"
#include "models/documents/validation_issue.h"
#include "models/json/json.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace studio::models {

inline constexpr std::size_t max_how_to_pay = 500; // characters

struct DepositRule {
    enum class Kind { None, Amount, Share };
    Kind kind = Kind::None;
    std::int64_t amount_minor = 0; // for Amount
    int percent = 0;               // for Share: of the published service's price
    int due_hours = 48;            // after acceptance, and at most until the booking begins
    std::string how_to_pay = {};   // lines of plain text for the client whose deposit is open
    bool operator==(const DepositRule &) const = default;
};

struct BookingRules {
    int answer_hours = 24;                     // within which staff answer a request
    int client_answer_hours = 48;              // within which a client answers a question or a proposal
    std::optional<int> reminder_hours;         // before the booking; none: no reminder
    std::optional<int> deposit_reminder_hours; // before the deposit is due; none: no reminder
    std::string agenda_at;                     // "08:00" in the companion's time zone; "": no agenda by mail
    // Whether a client's answer to an email goes to the companion's own address, which the email then shows;
    // else to the platform's.
    bool replies_to_companion = false;
    DepositRule deposit;
    bool operator==(const BookingRules &) const = default;
};

struct AskedDeposit {
    std::int64_t minor = 0;
    base::Time due{};
    bool operator==(const AskedDeposit &) const = default;
};
// The deposit that is asked for when a booking is accepted at `now` and the published service costs
// `value_minor`; nullopt for none. The database decides the same in booking_deposit_rule().
std::optional<AskedDeposit> deposit_to_ask(const DepositRule &rule, std::optional<std::int64_t> value_minor,
                                           base::Time start, base::Time now);

// Lenient: a missing or invalid field takes its default.
BookingRules read_booking_rules(const Json &document);
// Puts the rules into `document`; keys that are not known stay.
void write_booking_rules(const BookingRules &rules, Json &document);
// Each issue names its field by JSON pointer and says what would be right.
ValidationIssues validate_booking_rules(const Json &document);

} // namespace studio::models
