// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_zones.h"

#include "models/values/timezone.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include <array>
#include <stdexcept>
#include <string_view>

namespace studio::models {

namespace {

constexpr int max_observances = 400;

std::string windows_zone(const std::string &name) {
    std::array<UChar, 128> wide{}, found{};
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(wide.data(), static_cast<int32_t>(wide.size()), &length, name.data(),
                  static_cast<int32_t>(name.size()), &status);
    const int32_t found_length = ucal_getTimeZoneIDForWindowsID(wide.data(), length, nullptr, found.data(),
                                                                static_cast<int32_t>(found.size()), &status);
    if (U_FAILURE(status) || found_length <= 0) {
        return "";
    }
    return {found.begin(), found.begin() + found_length}; // IANA names are ASCII
}

// libical computes every change of the clocks from the first one on, so only rules with few changes a year
// are accepted.
bool has_simple_rules(icalcomponent *timezone) {
    int observances = 0;
    for (icalcomponent *part = icalcomponent_get_first_component(timezone, ICAL_ANY_COMPONENT); part;
         part = icalcomponent_get_next_component(timezone, ICAL_ANY_COMPONENT)) {
        icalproperty *rule = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
        if (++observances > max_observances ||
            (rule && icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY))) {
            return false;
        }
        if (!rule) {
            continue;
        }
        const icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
        const auto has = [](const short *list) { return list[0] != ICAL_RECURRENCE_ARRAY_MAX; };
        if (recurrence.freq != ICAL_YEARLY_RECURRENCE || recurrence.rscale || has(recurrence.by_second) ||
            has(recurrence.by_minute) || has(recurrence.by_hour) || has(recurrence.by_year_day) ||
            has(recurrence.by_week_no) || has(recurrence.by_set_pos)) {
            return false;
        }
    }
    return observances > 0;
}

std::string own_name(icalcomponent *timezone) {
    for (icalproperty *property = icalcomponent_get_first_property(timezone, ICAL_X_PROPERTY); property;
         property = icalcomponent_get_next_property(timezone, ICAL_X_PROPERTY)) {
        const char *name = icalproperty_get_x_name(property);
        const char *value = icalproperty_get_x(property);
        if (name && value && std::string_view(name) == "X-LIC-LOCATION") {
            return value;
        }
    }
    return "";
}

std::chrono::seconds clock_of(const icaltimetype &value) {
    return std::chrono::hours(value.hour) + std::chrono::minutes(value.minute) +
           std::chrono::seconds(value.second);
}

} // namespace

std::string iana_name(const std::string &name) {
    if (name == "UTC" || name == "GMT" || name == "Etc/UTC") {
        return "UTC";
    }
    for (std::size_t at = 0; at != std::string::npos;) {
        const std::string rest = name.substr(at);
        if (is_timezone(rest)) {
            return rest;
        }
        const std::size_t slash = name.find('/', at);
        at = slash == std::string::npos ? slash : slash + 1;
    }
    const std::string found = windows_zone(name);
    return is_timezone(found) ? found : "";
}

FileTime file_time(icalproperty *property, icaltimetype value) {
    FileTime time{value, {}};
    if (icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER)) {
        const char *name = icalparameter_get_tzid(zone);
        time.zone = name ? name : "";
    }
    return time;
}

Day day_of(const icaltimetype &value) {
    return Day(std::chrono::year{value.year} / value.month / value.day);
}

icaltimetype days_later(icaltimetype value, int days) {
    icaltime_adjust(&value, days, 0, 0, 0);
    return value;
}

CalendarZones::CalendarZones(const std::string &home, const std::map<std::string, std::string> &chosen)
    : m_home(home), m_chosen(chosen) {}

void CalendarZones::add(icalcomponent *timezone) {
    icalproperty *property = icalcomponent_get_first_property(timezone, ICAL_TZID_PROPERTY);
    if (const char *name = property ? icalproperty_get_tzid(property) : nullptr) {
        m_written[name] = timezone;
    }
}

bool CalendarZones::open(Zone &zone, const std::string &iana) const {
    try {
        zone.clock.emplace(iana);
        return true;
    } catch (const std::runtime_error &) {
        return false; // a file in the zone folder that is not a zone
    }
}

CalendarZones::Zone *CalendarZones::find(const std::string &name) {
    if (const auto known = m_zones.find(name); known != m_zones.end()) {
        return &known->second;
    }
    if (m_unknown.contains(name)) {
        return nullptr;
    }
    Zone zone;
    const auto written = m_written.find(name);
    const auto chosen = m_chosen.find(name);
    std::string iana = chosen != m_chosen.end() ? chosen->second : iana_name(name);
    if (iana.empty() && written != m_written.end()) {
        iana = iana_name(own_name(written->second));
    }
    const bool opened = !iana.empty() && open(zone, iana);
    if (!opened && written != m_written.end() && has_simple_rules(written->second)) {
        zone.written.reset(icaltimezone_new());
        icaltimezone_set_component(zone.written.get(), icalcomponent_new_clone(written->second));
    }
    if (!opened && !zone.written) {
        m_unknown.insert(name);
        return nullptr;
    }
    return &m_zones.emplace(name, std::move(zone)).first->second;
}

std::optional<Time> CalendarZones::moment(const FileTime &time) {
    const Day day = day_of(time.value);
    const std::chrono::seconds clock = clock_of(time.value);
    if (time.is_date()) {
        return m_home.at(day, {}).at;
    }
    const Time utc(day.time_since_epoch() + clock);
    if (icaltime_is_utc(time.value)) {
        return utc;
    }
    if (time.zone.empty()) {
        return m_home.at(day, clock).at;
    }
    Zone *zone = find(time.zone);
    if (!zone) {
        return std::nullopt;
    }
    if (zone->clock) {
        return zone->clock->at(day, clock).at;
    }
    icaltimetype value = time.value;
    int daylight = 0;
    return utc - std::chrono::seconds(icaltimezone_get_utc_offset(zone->written.get(), &value, &daylight));
}

} // namespace studio::models
