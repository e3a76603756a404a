// SPDX-License-Identifier: Apache-2.0
// The states of a booking and the actions that lead from one to another. The database's function
// booking_next_status() is generated from this table while building.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace studio::models {

enum class BookingStatus {
    Pending,   // a request that staff must answer
    Waiting,   // the client was asked for details
    Proposed,  // another time was proposed to the client
    Accepted,  // agreed; where a deposit is asked, held until that is due
    Confirmed, // agreed, and the deposit is there
    Declined,
    Expired, // nobody answered in time
    Cancelled,
    Released, // accepted, but the deposit did not come
    Completed,
    NoShow,
    Spam
};
inline constexpr std::size_t booking_status_count = 12;

enum class BookingAction {
    Accept,
    Decline,
    Propose,
    Ask,     // asks the client for details
    Answer,  // the client answers a question
    Agree,   // the client agrees to a proposed time
    Refuse,  // the client does not
    AskMove, // the client asks for another time than the one agreed
    Expire,
    Cancel,
    Confirm, // the deposit was received
    Release,
    Move, // another time was agreed
    Keep, // the client asked for another time, and the agreed one stays
    Complete,
    NoShow,
    Spam,
    Reopen,
    Unconfirm // the deposit was not received after all
};
inline constexpr std::size_t booking_action_count = 19;

std::span<const BookingStatus> booking_statuses();
std::span<const BookingAction> booking_actions();
// "pending", "no_show", as the database stores them.
std::string_view to_string(BookingStatus status);
std::string_view to_string(BookingAction action);
std::optional<BookingStatus> booking_status_of(std::string_view text);
std::optional<BookingAction> booking_action_of(std::string_view text);

// nullopt where the action is not allowed in that state.
std::optional<BookingStatus> next_status(BookingAction action, BookingStatus from);

// Whether an answer is still open, of staff or of the client.
bool is_open(BookingStatus status);
// Whether the meeting is agreed, so that no other booking can have the time.
bool is_agreed(BookingStatus status);
// Whether clients and the service, rather than people who moderate, take the action. Confirm is among them,
// because it follows from entering a deposit.
bool is_for_clients(BookingAction action);

} // namespace studio::models
