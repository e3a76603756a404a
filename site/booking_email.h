// SPDX-License-Identifier: Apache-2.0
// Makes the plain-text and the HTML form of a booking's email from one wording.
#pragma once

#include "models/booking/booking_emails.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

struct RenderedEmail {
    std::string subject;     // one line
    std::string plain, html; // the same text
};
// A link below the wording, on a line of its own.
struct EmailLink {
    std::string label, url;
};
// Whether the message contains the placeholder, such as "link" for {{link}}.
bool has_placeholder(const models::EmailWording &wording, std::string_view placeholder);
// A line whose placeholders are all empty is left out. What a visitor wrote is never read as Markdown or as
// HTML: no link, picture or markup of a visitor gets into the email.
RenderedEmail render_booking_email(const models::EmailWording &wording, const models::BookingFacts &facts,
                                   const std::vector<EmailLink> &links = {});

} // namespace studio::site
