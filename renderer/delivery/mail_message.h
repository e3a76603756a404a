// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// "Companion Connect <bookings@example.com>" or a bare address.
struct MailAddress {
    std::string name, address;
    // nullopt where there is no address that is_email() accepts.
    static std::optional<MailAddress> parse(std::string_view text);
};

// An email with a plain and an HTML form of the same text.
struct MailMessage {
    MailAddress from;
    std::string to, reply_to; // addresses; reply_to may be ""
    std::string subject;      // UTF-8
    std::string plain, html;  // UTF-8, lines end with "\n"
    std::string message_id;   // "…@…", without brackets; the same for every attempt
    base::Time date{};
    std::string calendar = {};        // a calendar file (RFC 5545); "" for none
    std::string calendar_method = {}; // of that file: "REQUEST", "CANCEL"
};

// RFC 5322 and 2045: multipart/alternative in quoted-printable, lines of at most 76 characters that end with
// CRLF, fields encoded by RFC 2047 where they are not plain ASCII. Whatever stands in a value, it cannot
// begin another field. Marked as sent by a machine (RFC 3834). A calendar file is both one of the
// alternatives, which calendar programs act on, and attached as invite.ics for those that do not.
std::string to_text(const MailMessage &message);

// A field's value as unstructured text.
std::string encoded_words(std::string_view text);
std::string quoted_printable(std::string_view text);

} // namespace studio::renderer
