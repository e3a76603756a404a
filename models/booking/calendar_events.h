// SPDX-License-Identifier: Apache-2.0
// The entries of a parsed calendar file and all times at which they happen. Internal to studio::calendar; the
// caller holds the lock of libical.
#pragma once

#include "models/booking/calendar_import.h"
#include "models/booking/calendar_zones.h"

#include <chrono>
#include <functional>
#include <stdexcept>

namespace studio::models {

// The file can't be read at all; the message is a sentence for people.
class UnreadableCalendar final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class CalendarEvents final {
public:
    CalendarEvents(CalendarZones &zones, ImportWindow window, std::chrono::steady_clock::time_point deadline);

    // Two passes over all VEVENTs: first which times of a series an entry of its own replaces, then all
    // times.
    void note_replaced(icalcomponent *event);
    void read(icalcomponent *event);
    void read_free_busy(icalcomponent *free_busy);

    std::vector<TimeSpan> take_busy();
    std::size_t count() const { return m_count; }
    const std::vector<std::string> &problems() const { return m_problems; }

private:
    struct Except { // times of a series that do not happen
        std::set<Time> times;
        std::set<Day> days;
    };
    struct Length {
        int days = 0;
        std::chrono::seconds rest{0};
    };
    std::optional<Length> length_of(icalcomponent *event, const FileTime &start, Time start_moment);
    Except exceptions_of(icalcomponent *event, const std::string &uid);
    void add_except(Except &except, const FileTime &time);
    void add_series(icalproperty *rule, const FileTime &start, const Length &length, const Except &except);
    void add_dates(icalcomponent *event, const Length &length, const Except &except);
    void add_time(const FileTime &start, const Length &length, const Except &except);
    void add_span(Time start, Time end);
    void problem(std::string sentence);
    void check_deadline() const;

    CalendarZones &m_zones;
    ImportWindow m_window;
    std::chrono::steady_clock::time_point m_deadline;
    std::map<std::string, Except> m_replaced; // by UID
    std::vector<TimeSpan> m_busy;
    std::vector<std::string> m_problems;
    std::size_t m_count = 0;
};

} // namespace studio::models
