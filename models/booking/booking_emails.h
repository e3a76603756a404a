// SPDX-License-Identifier: Apache-2.0
// How a tenant words the two emails of a booking request: content.bookingEmails. Subjects are one line,
// messages are Markdown; both may hold placeholders such as {{name}}.
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
    EmailWording visitor, companion;
    bool operator==(const BookingEmails &) const = default;
};

// The values of the placeholders. All are single lines but the message; "" is nothing.
struct BookingFacts {
    std::string name, email, companion, service, date, duration, phone, message;
};

// The text where it can only be a name: letters with blanks, hyphens and apostrophes between, at most three
// words and 40 characters. "" for anything else.
std::string plain_name(std::string_view name);
// "name", "email", "companion", "service", "date", "duration", "phone", "message".
std::span<const std::string_view> booking_placeholders();
// The placeholders that the email to the visitor fills in. Anyone can enter another person's address in the
// form, so that email leaves out every text that the sender chose freely.
std::span<const std::string_view> visitor_placeholders();
// The facts of these placeholders only.
BookingFacts only_for_visitor(BookingFacts facts);
// The first {{…}} that the email to the visitor leaves empty; nullopt where there is none.
std::optional<std::string> placeholder_left_empty(std::string_view text);
// The first {{…}} that is no placeholder; nullopt where all are.
std::optional<std::string> unknown_placeholder(std::string_view text);
// The value of a placeholder; "" for one that is not known.
const std::string &fact(const BookingFacts &facts, std::string_view placeholder);

// The text with each known placeholder replaced by what `value` gives for its name. Values are not looked
// into.
std::string fill_placeholders(std::string_view text,
                              const std::function<std::string(std::string_view placeholder)> &value);

// Lenient, as read_content().
BookingEmails read_booking_emails(const Json &object);
// For a tenant without a wording of its own.
const BookingEmails &default_booking_emails();
BookingEmails with_defaults(BookingEmails emails);

} // namespace studio::models
