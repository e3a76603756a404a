// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_file.h"

#include "models/booking/wall_clock.h"

#include <fmt/format.h>

namespace studio::models {

namespace {

using std::chrono::seconds;

constexpr std::size_t max_line_bytes = 75;
constexpr std::chrono::days year_length{366};

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Writes lines that end with CR LF. A long one is continued in the next line after a space, never inside a
// character.
class Lines final {
public:
    void add(std::string_view line) {
        std::size_t room = max_line_bytes;
        while (line.size() > room) {
            std::size_t cut = room;
            while (cut > room - 4 && continues_character(line[cut])) {
                --cut;
            }
            m_text += line.substr(0, cut);
            m_text += "\r\n ";
            line.remove_prefix(cut);
            room = max_line_bytes - 1;
        }
        m_text += line;
        m_text += "\r\n";
    }
    template <class... Parts> void add(std::string_view name, const Parts &...parts) {
        std::string line(name);
        ((line += parts), ...);
        add(std::string_view(line));
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
            out += c;
        }
    }
    return out;
}

// An address or id without characters that could begin a new line.
std::string bare(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) {
            out += c;
        }
    }
    return out;
}

// The local time at `offset` east of UTC, such as "20270301T100000".
std::string stamp(Time at, seconds offset) {
    std::string text = rfc3339(at, offset).substr(0, 19);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string utc_stamp(Time at) {
    return stamp(at, seconds(0)) + "Z";
}

// The time in the zone; in UTC where the local time occurs twice, because programs differ in which one they
// take.
std::string zoned_time(const WallClock &clock, Time at) {
    const WallClock::Reading local = clock.local(at);
    const auto seconds_of_day = std::chrono::floor<seconds>(local.clock);
    if (clock.at(local.day, seconds_of_day).kind == LocalTimeKind::Twice) {
        return ":" + utc_stamp(at);
    }
    return ";TZID=" + clock.zone() + ":" + stamp(at, clock.offset(at));
}

std::string utc_offset(seconds offset) {
    const std::chrono::hh_mm_ss east(std::chrono::abs(offset));
    std::string text = fmt::format("{}{:02}{:02}", offset < seconds(0) ? '-' : '+', east.hours().count(),
                                   east.minutes().count());
    if (east.seconds().count() != 0) {
        text += fmt::format("{:02}", east.seconds().count());
    }
    return text;
}

void add_header(Lines &lines, std::string_view method) {
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Calendar//EN");
    lines.add("CALSCALE:GREGORIAN");
    if (!method.empty()) {
        lines.add("METHOD:", method);
    }
}

void add_change(Lines &lines, const ClockChange &change) {
    const std::string_view kind = change.daylight ? "DAYLIGHT" : "STANDARD";
    lines.add("BEGIN:", kind);
    lines.add("DTSTART:", stamp(change.at, change.before));
    lines.add("TZOFFSETFROM:", utc_offset(change.before));
    lines.add("TZOFFSETTO:", utc_offset(change.after));
    lines.add("TZNAME:", escaped(change.abbreviation));
    lines.add("END:", kind);
}

// Writes one block for each change of the clocks from a year before to a year after. They are single dates,
// not rules, because programs differ in how they read rules.
void add_zone(Lines &lines, const WallClock &clock, Time from, Time until) {
    lines.add("BEGIN:VTIMEZONE");
    lines.add("TZID:", clock.zone());
    const Time begin = from - year_length;
    const std::vector<ClockChange> changes = clock.changes(begin, until + year_length);
    if (changes.empty() || changes.front().at > from) {
        ClockChange state = clock.state(begin);
        state.at = begin;
        add_change(lines, state);
    }
    for (const ClockChange &change : changes) {
        add_change(lines, change);
    }
    lines.add("END:VTIMEZONE");
}

void add_texts(Lines &lines, const CalendarEvent &event) {
    lines.add("SUMMARY:", escaped(event.summary.empty() ? "Busy" : event.summary));
    if (!event.location.empty()) {
        lines.add("LOCATION:", escaped(event.location));
    }
    if (!event.description.empty()) {
        lines.add("DESCRIPTION:", escaped(event.description));
    }
}

void begin_event(Lines &lines, const CalendarEvent &event, Time written_at) {
    lines.add("BEGIN:VEVENT");
    lines.add("UID:", escaped(bare(event.uid)));
    lines.add("SEQUENCE:", std::to_string(event.sequence));
    lines.add("DTSTAMP:", utc_stamp(written_at));
}

} // namespace

std::string_view to_string(InvitationMethod method) {
    return method == InvitationMethod::Request ? "REQUEST" : "CANCEL";
}

std::string write_invitation(const Invitation &invitation) {
    const CalendarEvent &event = invitation.event;
    const WallClock clock(invitation.zone);
    Lines lines;
    add_header(lines, to_string(invitation.method));
    add_zone(lines, clock, event.start, event.end);
    begin_event(lines, event, invitation.written_at);
    lines.add("DTSTART", zoned_time(clock, event.start));
    lines.add("DTEND", zoned_time(clock, event.end));
    add_texts(lines, event);
    lines.add("ORGANIZER:mailto:", bare(invitation.organizer));
    lines.add("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:",
              bare(invitation.attendee));
    lines.add("CLASS:PRIVATE");
    lines.add("TRANSP:OPAQUE");
    lines.add("STATUS:", invitation.method == InvitationMethod::Request ? "CONFIRMED" : "CANCELLED");
    lines.add("END:VEVENT");
    lines.add("END:VCALENDAR");
    return lines.take();
}

std::string write_feed(const CalendarFeed &feed) {
    Lines lines;
    add_header(lines, "");
    if (!feed.name.empty()) {
        lines.add("X-WR-CALNAME:", escaped(feed.name));
    }
    for (const CalendarEvent &event : feed.events) {
        begin_event(lines, event, feed.written_at);
        lines.add("DTSTART:", utc_stamp(event.start));
        lines.add("DTEND:", utc_stamp(event.end));
        add_texts(lines, event);
        lines.add("CLASS:PRIVATE");
        lines.add("TRANSP:OPAQUE");
        lines.add("STATUS:CONFIRMED");
        lines.add("END:VEVENT");
    }
    lines.add("END:VCALENDAR");
    return lines.take();
}

} // namespace studio::models
