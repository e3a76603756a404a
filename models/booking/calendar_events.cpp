// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_events.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::models {

namespace {

using std::chrono::seconds;

constexpr std::size_t max_problems = 50;
constexpr seconds max_event_length = std::chrono::days(400);

template <class Visit> void each_property(icalcomponent *component, icalproperty_kind kind, Visit visit) {
    for (icalproperty *property = icalcomponent_get_first_property(component, kind); property;
         property = icalcomponent_get_next_property(component, kind)) {
        visit(property);
    }
}

std::string uid_of(icalcomponent *event) {
    const char *uid = icalcomponent_get_uid(event);
    return uid ? uid : "";
}

bool is_sound(const icaltimetype &value) {
    const bool day = std::chrono::year_month_day(std::chrono::year{value.year},
                                                 std::chrono::month{static_cast<unsigned>(value.month)},
                                                 std::chrono::day{static_cast<unsigned>(value.day)})
                         .ok();
    return day && value.year >= 1900 && value.year <= 2200 && value.hour >= 0 && value.hour < 24 &&
           value.minute >= 0 && value.minute < 60 && value.second >= 0 && value.second <= 60;
}

// The time in a property; nullopt where it has no valid one.
std::optional<FileTime> time_of(icalproperty *property) {
    icalvalue *value = property ? icalproperty_get_value(property) : nullptr;
    if (!value) {
        return std::nullopt;
    }
    icaltimetype time = icaltime_null_time();
    switch (icalvalue_isa(value)) {
    case ICAL_DATE_VALUE:
        time = icalvalue_get_date(value);
        break;
    case ICAL_DATETIME_VALUE:
        time = icalvalue_get_datetime(value);
        break;
    case ICAL_DATETIMEPERIOD_VALUE:
    case ICAL_DATETIMEDATE_VALUE:
        time = icalvalue_get_datetimeperiod(value).time;
        break;
    default:
        return std::nullopt;
    }
    return is_sound(time) ? std::optional(file_time(property, time)) : std::nullopt;
}

std::optional<FileTime> time_of(icalcomponent *component, icalproperty_kind kind) {
    return time_of(icalcomponent_get_first_property(component, kind));
}

bool takes_time(icalcomponent *event) {
    icalproperty *shown = icalcomponent_get_first_property(event, ICAL_TRANSP_PROPERTY);
    const bool transparent = shown && (icalproperty_get_transp(shown) == ICAL_TRANSP_TRANSPARENT ||
                                       icalproperty_get_transp(shown) == ICAL_TRANSP_TRANSPARENTNOCONFLICT);
    return !transparent && icalcomponent_get_status(event) != ICAL_STATUS_CANCELLED;
}

struct FreeIterator {
    void operator()(icalrecur_iterator *iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

} // namespace

CalendarEvents::CalendarEvents(CalendarZones &zones, ImportWindow window,
                               std::chrono::steady_clock::time_point deadline)
    : m_zones(zones), m_window(window), m_deadline(deadline) {}

void CalendarEvents::check_deadline() const {
    if (std::chrono::steady_clock::now() > m_deadline) {
        throw UnreadableCalendar("The calendar takes too long to read: its events repeat too often.");
    }
}

void CalendarEvents::problem(std::string sentence) {
    if (m_problems.size() < max_problems &&
        std::find(m_problems.begin(), m_problems.end(), sentence) == m_problems.end()) {
        m_problems.push_back(std::move(sentence));
    }
}

void CalendarEvents::add_span(Time start, Time end) {
    start = std::max(start, m_window.from);
    end = std::min(end, m_window.until);
    if (start >= end) {
        return;
    }
    m_busy.push_back({start, end});
    if (m_busy.size() > max_calendar_times) {
        throw UnreadableCalendar(
            fmt::format("The calendar has more than {} busy times in this period.", max_calendar_times));
    }
}

void CalendarEvents::add_except(Except &except, const FileTime &time) {
    if (time.is_date()) {
        except.days.insert(day_of(time.value));
    } else if (const auto moment = m_zones.moment(time)) {
        except.times.insert(*moment);
    }
}

void CalendarEvents::note_replaced(icalcomponent *event) {
    check_deadline();
    icalproperty *property = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
    if (!property) {
        return;
    }
    if (const auto time = time_of(property)) {
        add_except(m_replaced[uid_of(event)], *time);
    }
    if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER)) {
        problem("An event changes itself and all that follow: those that follow are read unchanged.");
    }
}

CalendarEvents::Except CalendarEvents::exceptions_of(icalcomponent *event, const std::string &uid) {
    Except except;
    if (const auto replaced = m_replaced.find(uid); !uid.empty() && replaced != m_replaced.end()) {
        except = replaced->second;
    }
    each_property(event, ICAL_EXDATE_PROPERTY, [&](icalproperty *property) {
        if (const auto time = time_of(property)) {
            add_except(except, *time);
        }
    });
    return except;
}

std::optional<CalendarEvents::Length> CalendarEvents::length_of(icalcomponent *event, const FileTime &start,
                                                                Time start_moment) {
    Length length{start.is_date() ? 1 : 0, seconds(0)};
    if (icalproperty *written = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY)) {
        const icaldurationtype duration = icalproperty_get_duration(written);
        const bool sound = !duration.is_neg && duration.weeks < 60 && duration.days < 400 &&
                           duration.hours < 10'000 && duration.minutes < 600'000 &&
                           duration.seconds < 36'000'000;
        if (!sound) {
            return std::nullopt;
        }
        length.days = static_cast<int>(duration.weeks * 7 + duration.days);
        length.rest = std::chrono::hours(duration.hours) + std::chrono::minutes(duration.minutes) +
                      seconds(duration.seconds);
    } else if (icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY)) {
        const auto end = time_of(event, ICAL_DTEND_PROPERTY);
        if (!end) {
            return std::nullopt;
        }
        if (start.is_date() && end->is_date()) {
            length.days = static_cast<int>((day_of(end->value) - day_of(start.value)).count());
            length.days =
                length.days == 0 ? 1 : length.days; // some programs write the same day as start and end
        } else if (const auto moment = m_zones.moment(*end)) {
            length = {0, std::chrono::floor<seconds>(*moment - start_moment)};
        } else {
            return std::nullopt;
        }
    }
    const seconds all = std::chrono::days(length.days) + length.rest;
    return all >= seconds(0) && all <= max_event_length ? std::optional(length) : std::nullopt;
}

void CalendarEvents::add_time(const FileTime &start, const Length &length, const Except &except) {
    const auto moment = m_zones.moment(start);
    if (!moment || except.times.contains(*moment) || except.days.contains(day_of(start.value))) {
        return;
    }
    FileTime end = start;
    end.value = days_later(end.value, length.days);
    add_span(*moment, *m_zones.moment(end) + length.rest);
}

void CalendarEvents::add_series(icalproperty *rule, const FileTime &start, const Length &length,
                                const Except &except) {
    icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
    if (recurrence.freq < ICAL_DAILY_RECURRENCE || recurrence.freq > ICAL_YEARLY_RECURRENCE ||
        recurrence.rscale) {
        throw UnreadableCalendar("The calendar has an event that repeats more often than daily, or by a "
                                 "calendar other than the usual one.");
    }
    // libical compares the end of a rule as if it were in the zone of the start, so an end in UTC is compared
    // here.
    Time last = Time::max();
    if (!icaltime_is_null_time(recurrence.until) && icaltime_is_utc(recurrence.until)) {
        last = m_zones.moment({recurrence.until, {}}).value_or(last);
        recurrence.until = icaltime_null_time();
    } else if (recurrence.until.is_date && !start.is_date()) {
        recurrence.until.is_date = 0;
        recurrence.until.hour = 23;
        recurrence.until.minute = recurrence.until.second = 59;
    }
    icaltimetype first = start.value;
    first.zone = nullptr;
    const Iterator iterator(icalrecur_iterator_new(recurrence, first));
    if (!iterator) {
        problem("An event repeats by a rule that can't be read: only its first time is busy.");
        return;
    }
    for (;;) {
        check_deadline();
        FileTime next = start;
        next.value = icalrecur_iterator_next(iterator.get());
        if (icaltime_is_null_time(next.value) || !is_sound(next.value)) {
            return;
        }
        next.value.zone = start.value.zone;
        const auto moment = m_zones.moment(next);
        if (!moment || *moment > last || *moment >= m_window.until) {
            return;
        }
        if (icaltime_compare(next.value, start.value) != 0) {
            add_time(next, length, except);
        }
    }
}

// Adds the times of RDATE: additional times of the event, some with an end of their own.
void CalendarEvents::add_dates(icalcomponent *event, const Length &length, const Except &except) {
    each_property(event, ICAL_RDATE_PROPERTY, [&](icalproperty *property) {
        const icaldatetimeperiodtype value = icalproperty_get_rdate(property);
        if (!icaltime_is_null_time(value.time)) {
            if (is_sound(value.time)) {
                add_time(file_time(property, value.time), length, except);
            }
            return;
        }
        if (!is_sound(value.period.start)) {
            return;
        }
        const auto start = m_zones.moment(file_time(property, value.period.start));
        const auto end =
            is_sound(value.period.end) ? m_zones.moment(file_time(property, value.period.end)) : std::nullopt;
        if (start) {
            add_span(*start, end ? *end : *start + seconds(icaldurationtype_as_int(value.period.duration)));
        }
    });
}

void CalendarEvents::read(icalcomponent *event) {
    check_deadline();
    ++m_count;
    if (!takes_time(event)) {
        return;
    }
    const auto start = time_of(event, ICAL_DTSTART_PROPERTY);
    if (!start) {
        problem("An event has no start that can be read and is left out.");
        return;
    }
    const auto moment = m_zones.moment(*start);
    if (!moment) {
        return; // its zone has been noted as unknown
    }
    const auto length = length_of(event, *start, *moment);
    if (!length) {
        problem(
            "An event ends before it starts, has no end that can be read or lasts over 400 days: it is left "
            "out.");
        return;
    }
    const bool single = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY) != nullptr;
    const Except except = single ? Except{} : exceptions_of(event, uid_of(event));
    add_time(*start, *length, except);
    if (!single) {
        std::vector<icalproperty *>
            rules; // collected first, because reading a rule's times moves the component's iterator
        each_property(event, ICAL_RRULE_PROPERTY, [&](icalproperty *rule) { rules.push_back(rule); });
        for (icalproperty *rule : rules) {
            add_series(rule, *start, *length, except);
        }
        add_dates(event, *length, except);
    }
}

void CalendarEvents::read_free_busy(icalcomponent *free_busy) {
    check_deadline();
    ++m_count;
    each_property(free_busy, ICAL_FREEBUSY_PROPERTY, [&](icalproperty *property) {
        icalparameter *kind = icalproperty_get_first_parameter(property, ICAL_FBTYPE_PARAMETER);
        const icalperiodtype period = icalproperty_get_freebusy(property);
        if ((kind && icalparameter_get_fbtype(kind) == ICAL_FBTYPE_FREE) || !is_sound(period.start)) {
            return;
        }
        const auto start = m_zones.moment({period.start, {}});
        const Time end = is_sound(period.end) ? *m_zones.moment({period.end, {}})
                                              : *start + seconds(icaldurationtype_as_int(period.duration));
        add_span(*start, end);
    });
}

std::vector<TimeSpan> CalendarEvents::take_busy() {
    std::sort(m_busy.begin(), m_busy.end(),
              [](const TimeSpan &one, const TimeSpan &two) { return one.start < two.start; });
    std::vector<TimeSpan> whole;
    for (const TimeSpan &span : m_busy) {
        if (!whole.empty() && span.start <= whole.back().end) {
            whole.back().end = std::max(whole.back().end, span.end);
        } else {
            whole.push_back(span);
        }
    }
    std::vector<TimeSpan> parts;
    for (const TimeSpan &span : whole) {
        for (Time from = span.start; from < span.end; from += max_busy_length) {
            parts.push_back({from, std::min<Time>(span.end, from + max_busy_length)});
        }
    }
    return parts;
}

} // namespace studio::models
