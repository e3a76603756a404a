// SPDX-License-Identifier: Apache-2.0
#include "models/booking/standard_emails.h"

#include <array>

namespace studio::models {

namespace {

constexpr const char *visitor = R"(Hello {{name}},

Your request has arrived. Nothing is binding yet: you will get an answer by email, and details are settled together.

- **When:** {{date}}

Your page shows where it stands, and lets you withdraw it: {{link}}

You can answer this email to add something. If you did not make this request, please ignore it.)";

constexpr const char *companion = R"(A request from your site:

- **Name:** {{name}}
- **Email:** {{email}}
- **Phone:** {{phone}}
- **What:** {{service}}
- **When:** {{date}}
- **How long:** {{duration}}
- **Where:** {{place}}

{{message}}

To write to {{name}}, begin a new email to {{email}}: this one may hold links that are yours alone.)";

constexpr const char *accepted = R"(Hello {{name}},

Your request is accepted.

- **From:** {{start}}
- **To:** {{end}}
- **Deposit:** {{deposit}}
- **Due:** {{due}}
- **Reference for the transfer:** {{reference}}
- **How to pay:** {{payment}}

{{message}}

Your page has all details, and lets you ask for another time or cancel: {{link}}

A calendar entry is attached.)";

constexpr const char *declined = R"(Hello {{name}},

Thank you for your request. It cannot be accepted this time.

{{message}}

Your page: {{link}})";

constexpr const char *proposed = R"(Hello {{name}},

The time that you asked for is not possible. This one would be:

- **From:** {{start}}
- **To:** {{end}}

{{message}}

Please say yes or no on your page: {{link}})";

constexpr const char *question = R"(Hello {{name}},

There is a question about your request:

{{message}}

Please answer it on your page: {{link}})";

constexpr const char *moved = R"(Hello {{name}},

The time was changed. It is now:

- **From:** {{start}}
- **To:** {{end}}

{{message}}

Your page has all details: {{link}}

The calendar entry that is attached replaces the earlier one.)";

constexpr const char *kept = R"(Hello {{name}},

You asked for another time. That is not possible, so the agreed time stays:

- **From:** {{start}}
- **To:** {{end}}

{{message}}

Your page has all details, and lets you ask again or cancel: {{link}})";

constexpr const char *cancelled = R"(Hello {{name}},

Your booking was cancelled:

- **From:** {{start}}
- **To:** {{end}}

{{message}}

Your page: {{link}})";

constexpr const char *confirmed = R"(Hello {{name}},

Your deposit has arrived, and your booking is confirmed.

- **From:** {{start}}
- **To:** {{end}}

{{message}}

Your page has all details: {{link}}

A calendar entry is attached.)";

constexpr const char *released = R"(Hello {{name}},

The deposit did not arrive in time, so the time is no longer kept for you:

- **From:** {{start}}
- **To:** {{end}}

{{message}}

If you paid it, please answer this email. Your page: {{link}})";

constexpr const char *expired = R"(Hello {{name}},

Your request has ended without an agreement: nothing is booked, and no time is kept for you.

- **When:** {{date}}

You are welcome to ask again. Your page: {{link}})";

constexpr const char *reminder = R"(Hello {{name}},

A reminder of your booking:

- **From:** {{start}}
- **To:** {{end}}

Your page has all details, and lets you ask for another time or cancel: {{link}})";

constexpr const char *deposit_reminder = R"(Hello {{name}},

Your deposit has not arrived yet. The time is kept for you until it is due.

- **Deposit:** {{deposit}}
- **Due:** {{due}}
- **Reference for the transfer:** {{reference}}
- **How to pay:** {{payment}}
- **From:** {{start}}

Your page has all details: {{link}})";

constexpr const char *about_a_booking = R"(
- **Name:** {{name}}
- **Email:** {{email}}
- **What:** {{service}}
- **From:** {{start}}
- **To:** {{end}}

{{message}}

To write to {{name}}, begin a new email to {{email}}: this one may hold links that are yours alone.)";

EmailWording notice(const char *subject, const std::string &first_line) {
    return {subject, first_line + '\n' + about_a_booking};
}

} // namespace

const BookingEmails &default_booking_emails() {
    static const BookingEmails emails{
        .visitor = {"Your request has arrived", visitor},
        .companion = {"Booking request: {{name}}, {{date}}", companion},
        .accepted = {"Your request is accepted", accepted},
        .declined = {"About your request", declined},
        .proposed = {"Another time for your request", proposed},
        .question = {"A question about your request", question},
        .moved = {"Your booking has a new time", moved},
        .kept = {"Your booking stays as it is", kept},
        .cancelled = {"Your booking was cancelled", cancelled},
        .confirmed = {"Your booking is confirmed", confirmed},
        .released = {"Your booking has ended", released},
        .expired = {"Your request has ended", expired},
        .reminder = {"A reminder of your booking", reminder},
        .deposit_reminder = {"A reminder of your deposit", deposit_reminder},
    };
    return emails;
}

BookingEmails with_defaults(BookingEmails emails) {
    return with_defaults(std::move(emails), default_booking_emails());
}

const EmailWording &companion_notice(CompanionNotice kind) {
    static const std::array<EmailWording, 8> notices{{
        notice("An answer from {{name}}", "Your question was answered:"),
        notice("{{name}} agrees: {{start}}", "The time that you proposed suits. The booking is accepted."),
        notice("{{name}} cannot at that time",
               "The time that you proposed does not suit. The request is open again."),
        notice("{{name}} asks for another time",
               "The client asks to move this booking. The agreed time stands until you move it."),
        notice("Cancelled: {{name}}, {{start}}", "The client cancelled. The time is free again."),
        notice("Given back: {{name}}, {{start}}",
               "No deposit came until it was due, so the booking has ended and the time is free again."),
        notice("Not answered in time: {{name}}",
               "Nobody answered in time, so this request has ended. It can be opened again."),
        {"Your bookings today", "Today:\n\n{{message}}"},
    }};
    return notices[static_cast<std::size_t>(kind)];
}

} // namespace studio::models
