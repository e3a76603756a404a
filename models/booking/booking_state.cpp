// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_state.h"

#include <algorithm>

namespace studio::models {

namespace {

using Status = BookingStatus;
using Action = BookingAction;

struct Transition {
    Action action;
    Status from, to;
};

constexpr Transition transitions[] = {
    {Action::Accept, Status::Pending, Status::Accepted},
    {Action::Accept, Status::Waiting, Status::Accepted},
    {Action::Accept, Status::Proposed, Status::Accepted},
    {Action::Decline, Status::Pending, Status::Declined},
    {Action::Decline, Status::Waiting, Status::Declined},
    {Action::Decline, Status::Proposed, Status::Declined},
    {Action::Propose, Status::Pending, Status::Proposed},
    {Action::Propose, Status::Waiting, Status::Proposed},
    {Action::Propose, Status::Proposed, Status::Proposed},
    {Action::Ask, Status::Pending, Status::Waiting},
    {Action::Ask, Status::Waiting, Status::Waiting},
    {Action::Ask, Status::Proposed, Status::Waiting},
    {Action::Answer, Status::Waiting, Status::Pending},
    {Action::Agree, Status::Proposed, Status::Accepted},
    {Action::Refuse, Status::Proposed, Status::Pending},
    {Action::AskMove, Status::Accepted, Status::Accepted},
    {Action::AskMove, Status::Confirmed, Status::Confirmed},
    {Action::Expire, Status::Pending, Status::Expired},
    {Action::Expire, Status::Waiting, Status::Expired},
    {Action::Expire, Status::Proposed, Status::Expired},
    {Action::Cancel, Status::Pending, Status::Cancelled},
    {Action::Cancel, Status::Waiting, Status::Cancelled},
    {Action::Cancel, Status::Proposed, Status::Cancelled},
    {Action::Cancel, Status::Accepted, Status::Cancelled},
    {Action::Cancel, Status::Confirmed, Status::Cancelled},
    {Action::Confirm, Status::Accepted, Status::Confirmed},
    {Action::Release, Status::Accepted, Status::Released},
    {Action::Move, Status::Accepted, Status::Accepted},
    {Action::Move, Status::Confirmed, Status::Confirmed},
    {Action::Keep, Status::Accepted, Status::Accepted},
    {Action::Keep, Status::Confirmed, Status::Confirmed},
    {Action::Complete, Status::Accepted, Status::Completed},
    {Action::Complete, Status::Confirmed, Status::Completed},
    {Action::NoShow, Status::Accepted, Status::NoShow},
    {Action::NoShow, Status::Confirmed, Status::NoShow},
    {Action::Spam, Status::Pending, Status::Spam},
    {Action::Spam, Status::Waiting, Status::Spam},
    {Action::Spam, Status::Proposed, Status::Spam},
    {Action::Reopen, Status::Declined, Status::Pending},
    {Action::Reopen, Status::Expired, Status::Pending},
    {Action::Reopen, Status::Cancelled, Status::Pending},
    {Action::Reopen, Status::Released, Status::Pending},
    {Action::Reopen, Status::Spam, Status::Pending},
    {Action::Reopen, Status::Completed, Status::Accepted},
    {Action::Reopen, Status::NoShow, Status::Accepted},
    {Action::Unconfirm, Status::Confirmed, Status::Accepted},
};

constexpr std::array<std::string_view, booking_status_count> status_names{
    "pending", "waiting",   "proposed", "accepted",  "confirmed", "declined",
    "expired", "cancelled", "released", "completed", "no_show",   "spam"};

constexpr std::array<std::string_view, booking_action_count> action_names{
    "accept",   "decline", "propose", "ask",     "answer",   "agree", "refuse",
    "ask_move", "expire",  "cancel",  "confirm", "release",  "move",  "keep",
    "complete", "no_show", "spam",    "reopen",  "unconfirm"};

template <class Value, std::size_t Count> constexpr std::array<Value, Count> all_of() {
    std::array<Value, Count> values{};
    for (std::size_t index = 0; index < Count; ++index) {
        values[index] = static_cast<Value>(index);
    }
    return values;
}

constexpr auto all_statuses = all_of<Status, booking_status_count>();
constexpr auto all_actions = all_of<Action, booking_action_count>();

template <class Value, std::size_t Count>
std::optional<Value> value_of(const std::array<std::string_view, Count> &names, std::string_view text) {
    const auto found = std::find(names.begin(), names.end(), text);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Value>(found - names.begin()));
}

} // namespace

std::span<const BookingStatus> booking_statuses() {
    return all_statuses;
}

std::span<const BookingAction> booking_actions() {
    return all_actions;
}

std::string_view to_string(BookingStatus status) {
    return status_names[static_cast<std::size_t>(status)];
}

std::string_view to_string(BookingAction action) {
    return action_names[static_cast<std::size_t>(action)];
}

std::optional<BookingStatus> booking_status_of(std::string_view text) {
    return value_of<BookingStatus>(status_names, text);
}

std::optional<BookingAction> booking_action_of(std::string_view text) {
    return value_of<BookingAction>(action_names, text);
}

std::optional<BookingStatus> next_status(BookingAction action, BookingStatus from) {
    for (const Transition &transition : transitions) {
        if (transition.action == action && transition.from == from) {
            return transition.to;
        }
    }
    return std::nullopt;
}

bool is_open(BookingStatus status) {
    return status == Status::Pending || status == Status::Waiting || status == Status::Proposed;
}

bool is_agreed(BookingStatus status) {
    return status == Status::Accepted || status == Status::Confirmed;
}

bool is_for_clients(BookingAction action) {
    return action == Action::Answer || action == Action::Agree || action == Action::Refuse ||
           action == Action::AskMove || action == Action::Expire || action == Action::Confirm ||
           action == Action::Unconfirm || action == Action::Release;
}

} // namespace studio::models
