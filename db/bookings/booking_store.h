// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/booking/booking_state.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct BookingDeposit {
    std::string state; // "asked", "received", "overdue", "returned", "kept"; "" where none was asked
    std::int64_t minor = 0;
    std::string reference; // for the bank transfer; reveals nothing about the booking
    std::optional<models::Time> due, received;
    std::string method; // how it was paid, as staff wrote it
};

// A booking as people who moderate, and its companion, read it.
struct Booking {
    std::string id;
    models::TenantId tenant_id;
    std::string subdomain, tenant_name;
    int version = 1; // counts its changes; a decision names the one that was seen
    models::BookingStatus status = models::BookingStatus::Pending;
    std::string source; // "site", "phone", "message", "in_person"
    std::string client_name, client_email, client_phone, service_type, message, duration;
    std::optional<models::Time> preferred, preferred_end; // as the client asked
    std::optional<models::Time> start, end;               // the present ones: asked, proposed or agreed
    int buffer_minutes = 0;                               // that stay free after the end
    bool holds = false;                                   // no other booking can have the time
    std::optional<models::Time> held_until;               // for a request that is not decided yet
    std::optional<models::Time> answer_by;                // the time by which the next answer is due
    std::string time_zone;                                // in which the visitor meant the times
    std::string client_time_zone; // of the client's own clock; "" where it is not known
    std::string place_kind;       // "incall", "outcall", "travel" or ""
    std::string place;
    models::Json screening;                 // {"question": "answer"} or null
    std::string reason_code;                // of the last refusal or cancellation
    std::optional<models::Time> move_asked; // the client asks for another time
    BookingDeposit deposit;
    std::optional<std::int64_t> value_minor; // what the published service cost when it was asked for
    bool blocked = false;                    // came from a blocked client
    bool mail_wanted = false;                // gets emails although blocked or entered by hand
    // Whether the client is written to, as the last decision that said so chose; none: nobody did.
    std::optional<bool> mail_choice;
    std::optional<std::string>
        flagged_reason;  // "address": its internet address is blocked; other people may use it
    bool erased = false; // everything personal was erased
    models::Time created_at{}, changed_at{};
    models::Json conversion_path; // [{"type", "at", "page"}] or null
};

enum class BookingOrder {
    NewestFirst,
    Queue, // pending ones first, the oldest of them first
    Start  // by the present start; those without one last
};

// All conditions combine. Days are given as moments: the caller converts them from the time zone that it
// shows.
struct BookingFilter {
    std::optional<models::TenantId> tenant_id;
    std::vector<models::BookingStatus> statuses; // empty: all
    std::optional<models::Time> from, to;   // of the start, or of the request where there is none; [from, to)
    std::optional<models::Time> ends_after; // of the end; where there is none, of the hour after the start
    std::string service, words; // each word in name, email address, phone, service, message or place
    BookingOrder order = BookingOrder::NewestFirst;
    int first_row = 0, max_rows = 50;
};

struct BookingChange {
    std::int64_t id = 0; // 0: the request itself
    models::Time at{};
    std::string actor_kind; // "person", "client", "companion" (by a link in her mail), "service"
    std::string actor;      // the person's name; "" for the others
    std::string action, from_status, to_status;
    models::Json details;
};

struct BookingNote {
    std::string id;
    std::string kind; // "note" and "reason" are internal; "question" and "message" go to the client, "answer"
                      // comes from the client
    std::string text, author_kind, author;
    models::Time created_at{};
};

// Reads what the login may see: staff and operators everything, a companion her own. All calls throw Error.
class BookingStore final {
public:
    explicit BookingStore(Session &session) : m_session(session) {}
    std::vector<Booking> list(const BookingFilter &filter);
    std::int64_t count(const BookingFilter &filter);
    // Names of services that bookings were asked for, each once, at most 500.
    std::vector<std::string> services();
    std::optional<Booking> find(const std::string &id);
    std::vector<BookingChange> history(const std::string &id); // oldest first
    std::vector<BookingNote> notes(const std::string &id);     // oldest first
    // The source of the booking's visit, as reports name it: "instagram"; "" without the visitor's consent.
    std::string visit_source(const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
