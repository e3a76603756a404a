// SPDX-License-Identifier: Apache-2.0
// How a tenant words the emails about bookings: content.bookingEmails. Subjects are one line, messages are
// Markdown; both may hold placeholders such as {{name}}.
#pragma once

#include "models/json/json.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace studio::models {

struct EmailWording {
    std::string subject, message; // "": the platform's wording
    bool operator==(const EmailWording &) const = default;
};

struct BookingEmails {
    EmailWording visitor, companion; // a request arrived
    // Emails to the client about the outcome.
    EmailWording accepted, declined, proposed, question, moved, kept, cancelled, confirmed, released, expired,
        reminder, deposit_reminder;
    bool operator==(const BookingEmails &) const = default;
};

enum class EmailReader {
    Visitor, // who sent a request, before anybody has read it
    Client,  // the same person, after the request was read
    Companion
};

// One email that a tenant can word.
struct BookingEmailKey {
    const char *key; // in content.bookingEmails: "depositReminder"
    EmailWording BookingEmails::*wording;
    EmailReader reader;
    const char *label; // "The email about a move"
};
std::span<const BookingEmailKey> booking_email_keys();

// The values of the placeholders. All except message and payment are single lines; "" means no
// value. `message` is
// what the visitor wrote, or in an email to the client what is written to the client.
struct BookingFacts {
    std::string name, email, companion, service, date, duration, phone, message;
    std::string start = {}, end = {}; // of the present time of the booking
    std::string place = {}, deposit = {}, due = {}, reference = {};
    std::string payment = {}; // how to pay the open deposit; may have several lines
    std::string link = {};    // the page of the request
};

// The text, if it can only be a name: letters with blanks, hyphens and apostrophes between, at most three
// words and 40 characters. "" for anything else.
std::string plain_name(std::string_view name);
// All placeholders: "name", "email", "companion", …
std::span<const std::string_view> booking_placeholders();
// The placeholders that the emails to this reader fill in. Anyone can enter another person's address in the
// form, so the visitor's email leaves out every text that the sender chose freely.
std::span<const std::string_view> placeholders_for(EmailReader reader);
// The facts of these placeholders only.
BookingFacts only_for(EmailReader reader, BookingFacts facts);
// The first {{…}} that an email to this reader leaves empty; nullopt where there is none.
std::optional<std::string> placeholder_left_empty(std::string_view text, EmailReader reader);
// The first {{…}} that is no placeholder; nullopt where all are.
std::optional<std::string> unknown_placeholder(std::string_view text);
// The value of a placeholder; "" for one that is not known.
const std::string &fact(const BookingFacts &facts, std::string_view placeholder);

// The text with each known placeholder replaced by what `value` returns for its name. Placeholders inside
// values stay.
std::string fill_placeholders(std::string_view text,
                              const std::function<std::string(std::string_view placeholder)> &value);

// Lenient, as read_content().
BookingEmails read_booking_emails(const Json &object);
// Fills each wording that `emails` lacks from the other argument.
BookingEmails with_defaults(BookingEmails emails, const BookingEmails &defaults);

} // namespace studio::models
