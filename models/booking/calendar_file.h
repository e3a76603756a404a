// SPDX-License-Identifier: Apache-2.0
// Calendar files (iCalendar, RFC 5545) as they are sent and published. The caller supplies the texts in them,
// which must be neutral, because other people may see these calendars.
#pragma once

#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

struct CalendarEvent {
    std::string uid;  // the same in everything that is sent about one booking
    int sequence = 0; // increases with each change of time, and with the cancellation
    Time start{}, end{};
    std::string summary;               // may be empty in a feed: the event is then called "Busy"
    std::string location, description; // left out where empty
    bool operator==(const CalendarEvent &) const = default;
};

enum class InvitationMethod { Request, Cancel };
// The name for the MIME type: text/calendar; charset=utf-8; method=REQUEST
std::string_view to_string(InvitationMethod method);

struct Invitation {
    InvitationMethod method = InvitationMethod::Request;
    CalendarEvent event;
    std::string organizer; // the address that the email comes from
    std::string attendee;  // the address that it goes to
    std::string zone;      // IANA name; the file contains its clock changes
    Time written_at{};
};
// Throws std::runtime_error where the machine does not know the zone.
std::string write_invitation(const Invitation &invitation);

struct CalendarFeed {
    std::string name; // shown by the program that subscribes; left out where empty
    std::vector<CalendarEvent> events;
    Time written_at{};
};
// Busy times to subscribe to, in UTC. They contain no address, and therefore no METHOD, because PUBLISH
// requires an organizer.
std::string write_feed(const CalendarFeed &feed);

} // namespace studio::models
