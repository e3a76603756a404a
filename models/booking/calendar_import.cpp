// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_import.h"

#include "base/text.h"
#include "models/booking/calendar_events.h"

#include <mutex>

namespace studio::models {

namespace {

constexpr auto time_allowed = std::chrono::seconds(3);
constexpr std::chrono::days max_window{731};
constexpr int max_depth = 6;
constexpr std::size_t max_entries = 20'000;

struct FreeComponent {
    void operator()(icalcomponent *component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// libical reads its zones on first use, which is not safe in two threads at once.
std::mutex &library_lock() {
    static std::mutex lock;
    return lock;
}

// Refuses deep nesting, for which libical would need very long or run out of stack.
void check_nesting(std::string_view text) {
    int depth = 0;
    std::size_t entries = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = base::trimmed(text.substr(at, end - at));
        if (base::starts_with_ignoring_case(line, "BEGIN:")) {
            ++depth;
            ++entries;
        } else if (base::starts_with_ignoring_case(line, "END:")) {
            --depth;
        }
        if (depth > max_depth) {
            throw UnreadableCalendar(
                "The calendar's entries are nested too deeply: this is no usual calendar.");
        }
        if (entries > max_entries) {
            throw UnreadableCalendar("The calendar has too many entries: export a shorter period.");
        }
        at = end + 1;
    }
}

void check_text(std::string_view text, ImportWindow window) {
    if (window.until <= window.from || window.until - window.from > max_window) {
        throw UnreadableCalendar("The period to read must be at most two years.");
    }
    if (text.size() > max_calendar_bytes) {
        throw UnreadableCalendar("The calendar is larger than 2 MB: export a shorter period.");
    }
    if (!base::is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
        throw UnreadableCalendar("The calendar is not text in UTF-8: export it again as an .ics file.");
    }
    check_nesting(text);
}

template <class Visit> void each_component(icalcomponent *parent, icalcomponent_kind kind, Visit visit) {
    std::vector<icalcomponent *>
        parts; // collected first, because visiting must not move the parent's iterator
    for (icalcomponent *part = icalcomponent_get_first_component(parent, kind); part;
         part = icalcomponent_get_next_component(parent, kind)) {
        parts.push_back(part);
    }
    for (icalcomponent *part : parts) {
        visit(part);
    }
}

// A file may hold several calendars one after the other.
std::vector<icalcomponent *> calendars_in(icalcomponent *root) {
    std::vector<icalcomponent *> calendars;
    if (root && icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
        calendars.push_back(root);
    } else if (root && icalcomponent_isa(root) == ICAL_XROOT_COMPONENT) {
        each_component(root, ICAL_VCALENDAR_COMPONENT,
                       [&](icalcomponent *calendar) { calendars.push_back(calendar); });
    }
    if (calendars.empty()) {
        throw UnreadableCalendar("This is no calendar file: it has no VCALENDAR.");
    }
    return calendars;
}

CalendarImport read(std::string_view text, const std::string &zone, ImportWindow window,
                    const std::map<std::string, std::string> &chosen) {
    check_text(text, window);
    const auto deadline = std::chrono::steady_clock::now() + time_allowed;
    icalerror_set_errors_are_fatal(0);
    const Component root(icalparser_parse_string(std::string(text).c_str()));
    const std::vector<icalcomponent *> calendars = calendars_in(root.get());
    CalendarZones zones(zone, chosen);
    CalendarEvents events(zones, window, deadline);
    for (icalcomponent *calendar : calendars) {
        each_component(calendar, ICAL_VTIMEZONE_COMPONENT, [&](icalcomponent *part) { zones.add(part); });
        each_component(calendar, ICAL_VEVENT_COMPONENT,
                       [&](icalcomponent *part) { events.note_replaced(part); });
    }
    for (icalcomponent *calendar : calendars) {
        each_component(calendar, ICAL_VEVENT_COMPONENT, [&](icalcomponent *part) { events.read(part); });
        each_component(calendar, ICAL_VFREEBUSY_COMPONENT,
                       [&](icalcomponent *part) { events.read_free_busy(part); });
    }
    return {"",
            events.take_busy(),
            events.count(),
            {zones.unknown().begin(), zones.unknown().end()},
            events.problems()};
}

} // namespace

CalendarImport read_busy_times(std::string_view text, const std::string &zone, ImportWindow window,
                               const std::map<std::string, std::string> &zones) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const std::lock_guard lock(library_lock());
    try {
        return read(text, zone, window, zones);
    } catch (const UnreadableCalendar &unreadable) {
        CalendarImport failed;
        failed.error = unreadable.what();
        return failed;
    }
}

} // namespace studio::models
