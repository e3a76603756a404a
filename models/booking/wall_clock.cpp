// SPDX-License-Identifier: Apache-2.0
#include "models/booking/wall_clock.h"

#include <date/tz.h>
#include <fmt/format.h>

namespace studio::models {

namespace {

using std::chrono::seconds;

const std::chrono::hours day_length{24};

date::sys_seconds whole_seconds(Time at) {
    return date::sys_seconds(std::chrono::floor<seconds>(at.time_since_epoch()));
}

Time to_time(date::sys_seconds at) {
    return Time(at.time_since_epoch());
}

date::sys_info info_at(const std::string &zone, Time at) {
    return date::locate_zone(zone)->get_info(whole_seconds(at));
}

ClockChange change_of(const date::sys_info &info, seconds before) {
    return {to_time(info.begin), before, info.offset, info.abbrev, info.save != std::chrono::minutes(0)};
}

} // namespace

WallClock::WallClock(const std::string &zone) : m_zone(zone) {
    date::locate_zone(zone);
}

void WallClock::remember(Time at) const {
    if (at >= m_from && at < m_until) {
        return;
    }
    const date::sys_info info = info_at(m_zone, at);
    m_offset = info.offset;
    m_from = to_time(info.begin);
    m_until = to_time(info.end);
}

WallClock::Moment WallClock::at(Day day, seconds clock) const {
    const seconds local = day.time_since_epoch() + clock;
    // If no change of the clocks is within a day, the stored offset is enough.
    const Time likely(local - m_offset);
    if (likely - day_length >= m_from && likely + day_length < m_until) {
        return {likely, LocalTimeKind::Once};
    }
    const date::local_info info = date::locate_zone(m_zone)->get_info(date::local_seconds(local));
    remember(Time(local - info.first.offset));
    switch (info.result) {
    case date::local_info::nonexistent:
        return {to_time(info.first.end), LocalTimeKind::Skipped};
    case date::local_info::ambiguous:
        return {Time(local - info.first.offset), LocalTimeKind::Twice};
    default:
        return {Time(local - info.first.offset), LocalTimeKind::Once};
    }
}

WallClock::Reading WallClock::local(Time at) const {
    const auto local = at.time_since_epoch() + offset(at);
    const auto days = std::chrono::floor<std::chrono::days>(local);
    return {Day(days), local - days};
}

seconds WallClock::offset(Time at) const {
    remember(at);
    return m_offset;
}

std::vector<ClockChange> WallClock::changes(Time from, Time until) const {
    std::vector<ClockChange> found;
    date::sys_info info = info_at(m_zone, from);
    while (info.end <= whole_seconds(until)) {
        const date::sys_info next = info_at(m_zone, to_time(info.end));
        found.push_back(change_of(next, info.offset));
        info = next;
    }
    return found;
}

ClockChange WallClock::state(Time at) const {
    const date::sys_info info = info_at(m_zone, at);
    return change_of(info, info.offset);
}

std::string rfc3339(Time at, seconds offset) {
    const auto local = std::chrono::floor<seconds>(at.time_since_epoch()) + offset;
    const auto days = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::hh_mm_ss clock(local - days);
    const std::chrono::hh_mm_ss east(std::chrono::abs(offset));
    return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", day_text(Day(days)), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), offset < seconds(0) ? '-' : '+',
                       east.hours().count(), east.minutes().count());
}

} // namespace studio::models
