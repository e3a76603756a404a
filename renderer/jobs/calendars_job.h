// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/calendar_import_store.h"
#include "renderer/delivery/calendar_client.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Reads the external calendars whose busy times block a companion's own: each at once when it is new or when
// a person asks for it, then every half hour; after a failure within minutes, then at growing intervals.
// After a failed reading the busy times of the last one stay. Replicas share the work: the database gives
// each calendar to one of them.
class CalendarsJob final {
public:
    CalendarsJob(db::Session &session, WebhookRules rules, const StopFlag &stop, const Log &log)
        : m_session(session), m_client(rules, stop), m_stop(stop), m_log(log) {}

    // Reads one calendar that is due. Returns the time to wait before the next call. Throws no db::Error: an
    // outage is logged once, and the job waits for its end.
    std::chrono::milliseconds turn();

private:
    void read(const db::DueCalendar &calendar);

    db::Session &m_session;
    CalendarClient m_client;
    const StopFlag &m_stop;
    const Log &m_log;
    bool m_away = false;
};

// How long after a failed reading the next follows: 5 min, 10, 20, … at most 6 h. `failures` counts this one
// too.
std::chrono::seconds calendar_retry_delay(int failures);

} // namespace studio::renderer
