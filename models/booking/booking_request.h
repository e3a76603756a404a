// SPDX-License-Identifier: Apache-2.0
// A visitor's booking request: read from a form or from JSON, and checked field by field. Fields have the
// names of the form: client_name, client_email, client_phone, service_type, preferred_date,
// preferred_date_end, duration, place_kind, place, message, terms, consent, and screening_ID for each
// question that the companion asks.
#pragma once

#include "base/time.h"
#include "models/documents/content.h"
#include "models/values/zoned_time.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studio::models {

using base::Time;

// "" names the form as a whole.
struct FieldMessage {
    std::string field, message;
    std::string code = {}; // for scripts: "form_expired"; "" for messages about a single field
    bool operator==(const FieldMessage &) const = default;
};
using FieldMessages = std::vector<FieldMessage>;

std::span<const std::string_view> booking_fields();
inline constexpr std::string_view screening_prefix = "screening_";
// What the box "consent" agrees to; its version is the SHA-256 of this text.
std::string_view booking_consent_text();

// A request as it was sent, unchecked.
struct BookingSubmission {
    std::vector<std::pair<std::string, std::string>> values; // by booking_fields(), those that were sent
    std::string token, idempotency_key;
    std::string website; // the honeypot: people leave it empty

    const std::string &value(std::string_view field) const; // "" where it was not sent
};

// application/x-www-form-urlencoded: names and values in their order.
std::vector<std::pair<std::string, std::string>> read_form(std::string_view body);

// The same text as a request. If a field comes twice, the first one counts; unknown fields are ignored.
BookingSubmission read_booking_form(std::string_view body);

struct BookingJson {
    BookingSubmission submission;
    FieldMessages errors; // for anything but an object of known fields with text values
};
BookingJson read_booking_json(std::string_view body);

// A request that may be stored.
struct BookingRequest {
    std::string client_name, client_email, service_type, duration;
    std::string client_phone; // as typed
    std::string
        client_phone_normal; // the first number of it in E.164, for comparing; "" where the tables know none
    std::vector<std::string> client_phones;       // all numbers of it in E.164, each once
    std::string message;                          // lines end with "\n"
    std::string client_time_zone = {};            // of the client's browser; "" for none
    std::optional<Time> preferred, preferred_end; // after check_booking() of a form `preferred` has a value
    bool operator==(const BookingRequest &) const = default;
};

// What a companion asks for in addition to the usual fields.
struct BookingQuestions {
    std::vector<ScreeningField> screening;
    std::vector<std::string>
        places; // of "incall", "outcall", "travel" those that the service offers; empty: any
    bool consent_needed = false;
    // Whether the companion's hours decide which times are possible. Then a time without an offset is only
    // parsed: it is local time at the place where she is on that day, and check_local_time() checks it.
    bool hours_decide = false;
};

// The answers to these questions; "" means no answer.
struct BookingDetails {
    std::string place_kind, place;
    std::vector<std::pair<std::string, std::string>> screening; // by the id of the question
    bool consent = false;
    std::optional<LocalDateTime> local_start = {}; // a start without an offset, where hours_decide
    bool operator==(const BookingDetails &) const = default;
};

struct CheckedBooking {
    BookingRequest request; // complete if there are no errors
    BookingDetails details;
    FieldMessages errors; // at most one for each field, in the fields' order
};
// Dates are local times of `zone`; for an unknown zone it throws as zoned_time.h says.
CheckedBooking check_booking(const BookingSubmission &submission, const std::string &zone, Time now,
                             const BookingQuestions &questions = {});

// A booking lasts no longer.
inline constexpr std::chrono::days longest_booking{31};
// How far ahead a date may lie.
inline constexpr std::chrono::days max_days_ahead{731};

} // namespace studio::models
