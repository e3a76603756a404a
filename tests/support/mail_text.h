// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace studio::test_support {

// An email parsed as a mail program does: fields unfolded and RFC 2047 words decoded, names in lower case,
// the alternatives decoded. Throws std::runtime_error for what is not such a message.
struct MailText {
    std::multimap<std::string, std::string> fields;
    std::string plain, html;
    std::string calendar, calendar_type; // of the alternatives; "" where there is none
    std::string attachment;              // invite.ics

    std::string field(const std::string &name) const; // "" where it is missing or stands twice
};
MailText read_mail(const std::string &data);

} // namespace studio::test_support
