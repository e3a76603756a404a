// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/coming_mail.h"

#include "base/text.h"
#include "models/booking/reply_templates.h"
#include "models/booking/wall_clock.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace studio::ui {

namespace {

using Deposit = db::BookingDecisionStore::Deposit;

constexpr const char *made_later = "…";
constexpr const char *made_later_host = "https://…"; // the service knows it
constexpr std::chrono::hours usual_length{1};

bool is_open(const db::BookingDeposit &deposit) {
    return deposit.state == "asked" || deposit.state == "overdue";
}

// As the database's booking_messages_of() and booking_deposit() choose it; "" where no email is about it.
std::string_view kind_of(const db::Booking &booking, const Decision &decision) {
    if (const auto *deposit = std::get_if<Deposit>(&decision.what)) {
        if (deposit->what == "asked") {
            return "client_accepted";
        }
        const bool confirms = deposit->what == "received" &&
                              booking.status == models::BookingStatus::Accepted && is_open(booking.deposit);
        return confirms ? "client_confirmed" : "";
    }
    const auto *what = std::get_if<db::BookingDecision>(&decision.what);
    if (what == nullptr) {
        return {};
    }
    constexpr std::pair<models::BookingAction, std::string_view> kinds[] = {
        {models::BookingAction::Accept, "client_accepted"},
        {models::BookingAction::Decline, "client_declined"},
        {models::BookingAction::Propose, "client_proposed"},
        {models::BookingAction::Ask, "client_question"},
        {models::BookingAction::Move, "client_moved"},
        {models::BookingAction::Keep, "client_kept"},
        {models::BookingAction::Cancel, "client_cancelled"},
        {models::BookingAction::Confirm, "client_confirmed"},
    };
    const auto *found =
        std::ranges::find(kinds, what->action, &std::pair<models::BookingAction, std::string_view>::first);
    return found == std::end(kinds) ? std::string_view() : found->second;
}

std::optional<bool> wanted(const Decision &decision) {
    if (const auto *what = std::get_if<db::BookingDecision>(&decision.what)) {
        return what->mail;
    }
    const auto *deposit = std::get_if<Deposit>(&decision.what);
    return deposit ? deposit->mail : std::nullopt;
}

const std::string &message_of(const Decision &decision) {
    static const std::string none;
    const auto *what = std::get_if<db::BookingDecision>(&decision.what);
    return what ? what->message : none;
}

void move_times(db::Booking &booking, const db::BookingDecision &decision) {
    if (!booking.start && !decision.start) {
        return;
    }
    const auto length = booking.start && booking.end ? *booking.end - *booking.start : usual_length;
    const auto start = decision.start ? *decision.start : *booking.start;
    if (decision.end) {
        booking.end = decision.end;
    } else if (decision.start || !booking.end) {
        booking.end = start + length;
    }
    booking.start = start;
    booking.place_kind = decision.place_kind.value_or(booking.place_kind);
    booking.place = decision.place.value_or(booking.place);
}

void ask_deposit(db::Booking &booking, std::int64_t minor, models::Time due) {
    booking.deposit.state = "asked";
    booking.deposit.minor = minor;
    booking.deposit.due = due;
    if (booking.deposit.reference.empty()) {
        booking.deposit.reference = made_later;
    }
}

void apply(db::Booking &booking, const db::BookingDecision &decision, const models::DepositRule &rule,
           models::Time now) {
    using Action = models::BookingAction;
    const bool was_agreed = models::is_agreed(booking.status);
    booking.status = models::next_status(decision.action, booking.status).value_or(booking.status);
    if (decision.action == Action::Accept || decision.action == Action::Propose ||
        decision.action == Action::Move) {
        move_times(booking, decision);
    }
    const bool asks = decision.action == Action::Accept && !was_agreed && decision.with_deposit &&
                      (booking.deposit.state.empty() || booking.deposit.state == "returned") && booking.start;
    if (const auto asked =
            asks ? models::deposit_to_ask(rule, booking.value_minor, *booking.start, now) : std::nullopt) {
        ask_deposit(booking, asked->minor, asked->due);
    }
    const bool agrees = decision.action == Action::Accept || decision.action == Action::Move;
    if (agrees && is_open(booking.deposit) && booking.deposit.due && booking.start) {
        booking.deposit.due = std::min(*booking.deposit.due, *booking.start);
    }
    if (decision.action == Action::Confirm) {
        booking.deposit.state = "received";
    }
}

void apply(db::Booking &booking, const Deposit &deposit, const models::DepositRule &rule, models::Time now) {
    if (deposit.what == "asked") {
        booking.status = models::next_status(models::BookingAction::Unconfirm, booking.status)
                             .value_or(booking.status); // it was not received after all
        const models::Time due = deposit.due.value_or(now + std::chrono::hours(rule.due_hours));
        const bool begins = booking.start && *booking.start > now;
        ask_deposit(booking, deposit.minor.value_or(booking.deposit.minor),
                    begins ? std::min(due, *booking.start) : due);
    } else if (deposit.what == "received") {
        booking.deposit.state = "received";
        booking.status = models::BookingStatus::Confirmed;
    }
}

models::Json moment(const std::optional<models::Time> &time) {
    return time ? models::Json(models::rfc3339(*time, std::chrono::seconds(0))) : models::Json();
}

models::Json payload_of(const db::Booking &booking, const CompanionFacts &companion,
                        const std::string &message) {
    return {{"booking",
             {{"id", booking.id},
              {"name", booking.client_name},
              {"email", booking.client_email},
              {"service", booking.service_type},
              {"preferredAt", moment(booking.preferred)},
              {"preferredEndAt", moment(booking.preferred_end)},
              {"timeZone", booking.time_zone.empty() ? models::Json() : models::Json(booking.time_zone)},
              {"status", std::string(models::to_string(booking.status))},
              {"startsAt", moment(booking.start)},
              {"endsAt", moment(booking.end)},
              {"placeKind", booking.place_kind},
              {"place", booking.place},
              {"depositState", booking.deposit.state},
              {"depositMinor", booking.deposit.minor},
              {"depositDueAt", moment(booking.deposit.due)},
              {"depositReference", booking.deposit.reference},
              {"clientToken", made_later},
              {"question", message},
              {"words", message}}},
            {"tenant", companion.mail_facts}};
}

db::Booking after(db::Booking booking, const CompanionFacts &companion, const Decision &decision,
                  models::Time now) {
    if (const auto *what = std::get_if<db::BookingDecision>(&decision.what)) {
        apply(booking, *what, companion.deposit_rule, now);
    } else if (const auto *deposit = std::get_if<Deposit>(&decision.what)) {
        apply(booking, *deposit, companion.deposit_rule, now);
    }
    return booking;
}

// `booking` is as the decision leaves it.
std::string fill_message(const site::MessageKind &kind, const db::Booking &booking,
                         const CompanionFacts &companion, const std::string &message) {
    const auto facts = site::message_facts(kind, payload_of(booking, companion, {}));
    return models::fill_placeholders(base::trimmed(message), [&facts](std::string_view name) {
        const auto known = models::reply_placeholders();
        return std::ranges::count(known, name) > 0 ? models::fact(facts, name)
                                                   : "{{" + std::string(name) + "}}";
    });
}

} // namespace

bool can_be_written_to(const db::Booking &booking) {
    return !booking.client_email.empty() && !booking.erased;
}

bool is_usually_written_to(const db::Booking &booking) {
    return can_be_written_to(booking) &&
           booking.mail_choice.value_or(booking.source == "site" && !booking.blocked);
}

bool has_mail(const db::Booking &booking, const Decision &decision) {
    return !kind_of(booking, decision).empty();
}

bool writes_to_client(const db::Booking &booking, const Decision &decision) {
    return has_mail(booking, decision) && can_be_written_to(booking) &&
           wanted(decision).value_or(is_usually_written_to(booking));
}

std::optional<ComingMail> coming_mail(const db::Booking &booking, const CompanionFacts &companion,
                                      const Decision &decision, models::Time now) {
    if (!writes_to_client(booking, decision)) {
        return std::nullopt;
    }
    const auto &kind = *site::find_message_kind(kind_of(booking, decision));
    const auto result = after(booking, companion, decision, now);
    const auto message = fill_message(kind, result, companion, message_of(decision));
    return ComingMail{QString::fromStdString(booking.client_email),
                      site::render_message(kind, payload_of(result, companion, message), made_later_host)};
}

std::string filled_message(const db::Booking &booking, const CompanionFacts &companion,
                           const Decision &decision, models::Time now) {
    const auto name = kind_of(booking, decision);
    const auto &message = message_of(decision);
    if (name.empty() || message.empty()) {
        return message;
    }
    return fill_message(*site::find_message_kind(name), after(booking, companion, decision, now), companion,
                        message);
}

} // namespace studio::ui
