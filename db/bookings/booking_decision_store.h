// SPDX-License-Identifier: Apache-2.0
// People's decisions about bookings. Two people never overwrite each other: a decision names the version of
// the booking that was seen, and the second person is told what the first one did.
#pragma once

#include "db/connection/session.h"
#include "models/booking/booking_state.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>

namespace studio::db {

struct BookingDecision {
    models::BookingAction action = models::BookingAction::Accept;
    std::optional<models::Time> start, end; // for Accept, Propose and Move; nullopt: the present time stays
    std::optional<std::string> place_kind, place; // nullopt: unchanged; "": none
    std::string
        reason_code;     // "not_available", "outside_area", "not_offered", "too_short_notice", "no_answer",
                         // "screening", "conduct", "no_deposit", "client_wish", "companion_wish", "other"
    std::string reason;  // only for those who moderate
    std::string message; // goes to the client; for Ask the question
    bool with_deposit = true; // Accept asks for the deposit that the companion's rules set
    bool over_block = false;  // Accept, Propose and Move: also where the time is blocked
    // Whether the client is written to, of this and of what follows. None: as an earlier decision said, else
    // where the request came from the site and is not from a blocked client.
    std::optional<bool> mail;
};

enum class DecisionOutcome {
    Done,
    NotFound,   // no such booking, it was erased, or the login may not see it
    Changed,    // another person changed it after `seen_version`
    NotAllowed, // not possible in the booking's present state
    Overlap,    // another booking has the time
    Blocked,    // the time is blocked, by a person or by an imported calendar
    TooLate     // an undo after the message went out
};

struct DecisionAnswer {
    DecisionOutcome outcome = DecisionOutcome::Done;
    std::string status;        // the booking's, as it is now
    int version = 0;           // the booking's, as it is now
    std::string other_booking; // for Overlap: id, "" where the login may not see it
    // For Changed: who did what last.
    std::string last_action, last_by;
    std::optional<models::Time> last_at;
    std::optional<models::Time> block_start = {}, block_end = {}; // for Blocked
};

// How long an answer to a client waits before it is sent, so that a decision can be undone.
inline constexpr int undo_seconds = 10;

// All calls throw Error; Error{Invalid} names the field first ("start: …").
class BookingDecisionStore final {
public:
    explicit BookingDecisionStore(Session &session) : m_session(session) {}
    // Without `seen_version` any version is decided. Messages go out `delay_s` seconds later, at most 60.
    DecisionAnswer decide(const std::string &booking, std::optional<int> seen_version,
                          const BookingDecision &decision, int delay_s = undo_seconds);
    // Undoes this login's own last decision if none of its messages was sent.
    DecisionAnswer undo(const std::string &booking, int seen_version);

    struct Deposit {
        std::string what; // "asked", "received", "returned", "kept"
        std::optional<std::int64_t> minor;
        std::optional<models::Time> due, received;
        std::string method;
        std::optional<bool> mail;
    };
    DecisionAnswer deposit(const std::string &booking, std::optional<int> seen_version,
                           const Deposit &deposit, int delay_s = undo_seconds);
    void add_note(const std::string &booking, const std::string &text);

private:
    Session &m_session;
};

} // namespace studio::db
