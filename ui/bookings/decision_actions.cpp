// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/decision_actions.h"

#include "base/time.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio::ui {

namespace {

using models::BookingAction;

constexpr auto context = "studio::ui::decision_actions";

#define WORDS(text) QT_TRANSLATE_NOOP("studio::ui::decision_actions", text)

constexpr ActEntry entries[] = {
    {Act::Accept, "accept", "check", "A", WORDS("Accept"), WORDS("Accept at the time that stands"),
     BookingAction::Accept, false},
    {Act::Decline, "decline", "close", "D", WORDS("Decline"), WORDS("Decline with a reason"),
     BookingAction::Decline, true},
    {Act::Propose, "propose", "calendar", "P", WORDS("Propose another time"),
     WORDS("Propose another time to the client"), BookingAction::Propose, false},
    {Act::Ask, "ask", "mail", "Q", WORDS("Ask for details"), WORDS("Ask the client a question"),
     BookingAction::Ask, false},
    {Act::AcceptWith, "accept_with", "check", "Shift+A", WORDS("Accept with changes"),
     WORDS("Accept with another time, a message or without a deposit"), BookingAction::Accept, false},
    {Act::Deposit, "deposit", "key", "E", WORDS("Deposit"),
     WORDS("Record a deposit: asked for, received, returned or kept"), std::nullopt, false},
    {Act::Move, "move", "calendar", "M", WORDS("Move"), WORDS("Move an agreed booking to another time"),
     BookingAction::Move, false},
    {Act::Keep, "keep", "check", "K", WORDS("Keep the time"),
     WORDS("Tell a client who asked for another time that the agreed one stays"), BookingAction::Keep, false},
    {Act::Complete, "complete", "success", "C", WORDS("Completed"),
     WORDS("Mark as completed, once it has begun"), BookingAction::Complete, false},
    {Act::NoShow, "no_show", "eye-off", "N", WORDS("No-show"), WORDS("Mark as a no-show, once it has begun"),
     BookingAction::NoShow, false},
    {Act::Cancel, "cancel", "stop", "X", WORDS("Cancel booking"), WORDS("Cancel with a reason"),
     BookingAction::Cancel, false},
    {Act::Reopen, "reopen", "undo", "R", WORDS("Reopen"), WORDS("Reopen what was closed"),
     BookingAction::Reopen, false},
    {Act::Spam, "spam", "trash", "S", WORDS("Spam"),
     WORDS("Mark as spam; to the client it is one that nobody answered"), BookingAction::Spam, true},
    {Act::Block, "block", "shield", "B", WORDS("Block client"),
     WORDS("Block the client's email address, number or internet address"), std::nullopt, false}};

#undef WORDS

} // namespace

std::span<const ActEntry> act_entries() {
    return entries;
}

const ActEntry &entry_of(Act act) {
    return *std::ranges::find(entries, act, &ActEntry::act);
}

QString act_title(Act act) {
    return QCoreApplication::translate(context, entry_of(act).title);
}

QString act_explanation(Act act) {
    return QCoreApplication::translate(context, entry_of(act).explain);
}

bool allows(const db::Booking &booking, Act act) {
    if (booking.erased || (act == Act::Keep && !booking.move_asked)) {
        return false;
    }
    if (is_too_early(booking, act)) {
        return false;
    }
    if (const auto action = entry_of(act).action) {
        return models::next_status(*action, booking.status).has_value();
    }
    if (act == Act::Deposit) {
        return booking.status == models::BookingStatus::Accepted || !booking.deposit.state.empty();
    }
    return true;
}

bool is_too_early(const db::Booking &booking, Act act) {
    return (act == Act::Complete || act == Act::NoShow) && booking.start && *booking.start > base::now() &&
           models::next_status(*entry_of(act).action, booking.status).has_value();
}

bool needs_form(const db::Booking &booking, Act act) {
    switch (act) {
    case Act::Accept:
        return !booking.start;
    case Act::Complete:
    case Act::NoShow:
    case Act::Spam:
    case Act::Reopen:
        return false;
    default:
        return true;
    }
}

QString done_word(Act act) {
    const auto tr = [](const char *text) { return QCoreApplication::translate(context, text); };
    switch (act) {
    case Act::Accept:
    case Act::AcceptWith:
        return tr("Accepted");
    case Act::Decline:
        return tr("Declined");
    case Act::Propose:
        return tr("Time proposed");
    case Act::Ask:
        return tr("Question asked");
    case Act::Move:
        return tr("Moved");
    case Act::Keep:
        return tr("Time kept");
    case Act::Cancel:
        return tr("Cancelled");
    case Act::Complete:
        return tr("Marked completed");
    case Act::NoShow:
        return tr("Marked a no-show");
    case Act::Spam:
        return tr("Marked as spam");
    case Act::Reopen:
        return tr("Reopened");
    case Act::Deposit:
        return tr("Deposit recorded");
    case Act::Block:
        break;
    }
    return tr("Client blocked");
}

QString form_title(Act act, const QString &client) {
    const auto tr = [](const char *text) { return QCoreApplication::translate(context, text); };
    switch (act) {
    case Act::Accept:
    case Act::AcceptWith:
        return tr("Accept %1’s request").arg(client);
    case Act::Decline:
        return tr("Decline %1’s request").arg(client);
    case Act::Propose:
        return tr("Propose another time to %1").arg(client);
    case Act::Ask:
        return tr("Ask %1 for details").arg(client);
    case Act::Move:
        return tr("Move %1’s booking").arg(client);
    case Act::Keep:
        return tr("Keep the time of %1’s booking").arg(client);
    case Act::Cancel:
        return tr("Cancel %1’s booking").arg(client);
    case Act::Deposit:
        return tr("Deposit of %1").arg(client);
    case Act::Block:
        return tr("Block %1").arg(client);
    default:
        return act_title(act);
    }
}

QString submit_title(Act act) {
    const auto tr = [](const char *text) { return QCoreApplication::translate(context, text); };
    switch (act) {
    case Act::Propose:
        return tr("Propose this time");
    case Act::Ask:
        return tr("Send the question");
    case Act::Deposit:
        return tr("Record");
    case Act::AcceptWith:
        return act_title(Act::Accept);
    default:
        return act_title(act);
    }
}

QString over_block_title(Act act) {
    const auto tr = [](const char *text) { return QCoreApplication::translate(context, text); };
    switch (act) {
    case Act::Propose:
        return tr("Propose over the blocked time");
    case Act::Move:
        return tr("Move over the blocked time");
    default:
        return tr("Accept over the blocked time");
    }
}

} // namespace studio::ui
