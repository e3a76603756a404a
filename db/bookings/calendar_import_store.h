// SPDX-License-Identifier: Apache-2.0
// Calendars of others whose busy times count for a companion: from a file that a person gave, or at an
// address that the service reads again and again.
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

// One that the service is to read now.
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

    // For everybody who may moderate the companion's bookings.
    std::vector<CalendarImport> list(const models::TenantId &tenant_id);
    // The busy times of a file. `id` none makes a new calendar, else they replace those of an earlier file.
    std::string save(const models::TenantId &tenant_id, const std::optional<std::string> &id,
                     const std::string &name, const std::vector<BusyTime> &busy,
                     const models::Json &report = models::Json::object());
    // At an address; the service reads it within seconds.
    std::string follow(const models::TenantId &tenant_id, const std::string &name, const std::string &url,
                       const models::Json &zones = models::Json::object());
    // The service reads it as soon as it can, once a minute at most. `zones` null: they stay as they are.
    void refresh(const models::TenantId &tenant_id, const std::string &id, const models::Json &zones = {});
    void remove(const models::TenantId &tenant_id, const std::string &id); // with its busy times

    // For the service. Nobody else gets the calendar for as long as `lease`.
    std::optional<DueCalendar> claim(std::chrono::seconds lease);
    // Its busy times replace those before; nothing where it was removed meanwhile.
    void was_read(const std::string &id, const std::vector<BusyTime> &busy, const models::Json &report,
                  std::chrono::seconds again_in);
    // The busy times before stay. `problem` is a sentence for people.
    void was_not_read(const std::string &id, const std::string &problem, std::chrono::seconds again_in);

private:
    Session &m_session;
};

} // namespace studio::db
