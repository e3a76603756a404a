// SPDX-License-Identifier: Apache-2.0
// Imported calendars, whose busy times block a companion's own: from a file that a person imported, or at an
// address that the service reads regularly.
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct CalendarImport {
    std::string id, name;
    std::string host;           // of its address; "": from a file
    models::Json zones, report; // models/booking/calendar_source.h; of the last reading that succeeded
    std::optional<models::Time> read_at, tried_at; // the last reading that succeeded, and the last of all
    std::string problem;                           // why the last reading failed; "" where it did not
    std::size_t busy = 0;                          // how many times are blocked by it
};

struct BusyTime {
    models::Time start{}, end{};
};

// A calendar that the service should read now.
struct DueCalendar {
    std::string id;
    models::TenantId tenant_id;
    std::string url, zone; // of the companion
    models::Json zones;
    int failures = 0; // since the last reading that succeeded
};

// All calls throw Error.
class CalendarImportStore final {
public:
    explicit CalendarImportStore(Session &session) : m_session(session) {}

    // For every login that may moderate the companion's bookings.
    std::vector<CalendarImport> list(const models::TenantId &tenant_id);
    // Saves the busy times of a file: without `id` as a new calendar, else in place of those of an earlier
    // file.
    std::string save(const models::TenantId &tenant_id, const std::optional<std::string> &id,
                     const std::string &name, const std::vector<BusyTime> &busy,
                     const models::Json &report = models::Json::object());
    // Adds a calendar at an address; the service reads it within seconds.
    std::string follow(const models::TenantId &tenant_id, const std::string &name, const std::string &url,
                       const models::Json &zones = models::Json::object());
    // The service reads it as soon as it can, once a minute at most. With null `zones` the stored ones stay.
    void refresh(const models::TenantId &tenant_id, const std::string &id, const models::Json &zones = {});
    void remove(const models::TenantId &tenant_id, const std::string &id); // with its busy times

    // For the service: a calendar that is due. No other replica gets it while `lease` lasts.
    std::optional<DueCalendar> claim(std::chrono::seconds lease);
    // Its busy times replace the earlier ones; does nothing if the calendar was removed meanwhile.
    void was_read(const std::string &id, const std::vector<BusyTime> &busy, const models::Json &report,
                  std::chrono::seconds again_in);
    // The earlier busy times stay. `problem` is a sentence for people.
    void was_not_read(const std::string &id, const std::string &problem, std::chrono::seconds again_in);

private:
    Session &m_session;
};

} // namespace studio::db
