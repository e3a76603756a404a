// SPDX-License-Identifier: Apache-2.0
// What a person can do with bookings: the one table for buttons, keys and the cheat sheet.
#pragma once

#include "db/bookings/booking_store.h"
#include "models/booking/booking_state.h"

#include <QKeySequence>
#include <QString>

#include <optional>
#include <span>
#include <string_view>

namespace studio::ui {

enum class Act {
    Accept,
    AcceptWith, // another time, a message, no deposit
    Decline,
    Propose,
    Ask,
    Move,
    Keep, // the client asked for another time than the agreed one
    Cancel,
    Complete,
    NoShow,
    Spam,
    Reopen,
    Deposit,
    Block
};

struct ActEntry {
    Act act;
    const char *name;                            // in object names: "accept"
    const char *icon;                            // line_icon
    const char *key;                             // QKeySequence
    const char *title;                           // of a button, untranslated
    const char *explain;                         // for the cheat sheet, untranslated
    std::optional<models::BookingAction> action; // none: no change of state
    bool in_bulk;
};

std::span<const ActEntry> act_entries();
const ActEntry &entry_of(Act act);
QString act_title(Act act);
QString act_explanation(Act act);
// Whether it is possible with a booking in that state.
bool allows(const db::Booking &booking, Act act);
// Whether it will be possible once the booking has begun, and is not before.
bool is_too_early(const db::Booking &booking, Act act);
// Whether something must be entered before it can be done.
bool needs_form(const db::Booking &booking, Act act);
// "Accepted", "Declined": what is said once it is done.
QString done_word(Act act);
// "Decline Robin’s request": above what is entered for it.
QString form_title(Act act, const QString &client);
// "Send the question": on the button below.
QString submit_title(Act act);
// "Accept over the blocked time": on the button where it was refused because of that.
QString over_block_title(Act act);

} // namespace studio::ui
