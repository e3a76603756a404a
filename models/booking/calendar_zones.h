// SPDX-License-Identifier: Apache-2.0
// Converts the times in a calendar file to moments. Internal to studio::calendar; the caller holds the lock
// of libical.
#pragma once

#include "models/booking/wall_clock.h"

#include <libical/ical.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace studio::models {

// The IANA name that a zone's name in a file stands for: an IANA name, one with a program's prefix, or a name
// of Windows by the Unicode CLDR's table; "" for others.
std::string iana_name(const std::string &name);

// A time as a property gives it.
struct FileTime {
    icaltimetype value{};
    std::string zone; // its TZID parameter
    bool is_date() const { return value.is_date != 0; }
};
FileTime file_time(icalproperty *property, icaltimetype value);

// The same time on a day so many days later.
icaltimetype days_later(icaltimetype value, int days);
Day day_of(const icaltimetype &value);

class CalendarZones final {
public:
    // `home` is for dates and for times without a zone; `chosen` gives the meaning of zone names that the
    // tables lack.
    CalendarZones(const std::string &home, const std::map<std::string, std::string> &chosen);

    // Adds a VTIMEZONE, which is used if its name is in no table. It must outlive this object.
    void add(icalcomponent *timezone);

    // nullopt where the zone is not known; its name is then in unknown().
    std::optional<Time> moment(const FileTime &time);
    const std::set<std::string> &unknown() const { return m_unknown; }

private:
    struct FreeZone {
        void operator()(icaltimezone *zone) const { icaltimezone_free(zone, 1); }
    };
    struct Zone {
        std::optional<WallClock> clock;
        std::unique_ptr<icaltimezone, FreeZone> written; // from the file's own VTIMEZONE
    };
    Zone *find(const std::string &name);
    bool open(Zone &zone, const std::string &iana) const;

    WallClock m_home;
    std::map<std::string, std::string> m_chosen;
    std::map<std::string, icalcomponent *> m_written;
    std::map<std::string, Zone> m_zones;
    std::set<std::string> m_unknown;
};

} // namespace studio::models
