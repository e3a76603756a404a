// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/calendar_import_store.h"
#include "renderer/delivery/calendar_client.h"
#include "renderer/support/log.h"

#include <chrono>

namespace studio::renderer {

// Reads the calendars of others whose busy times count for a companion: each at once when it is new or asked
// for, and then every half hour; after a failure sooner, then later and later. What is known stays where a
// reading fails. Replicas share them: the database gives each calendar to one.
class CalendarsJob final {
public:
    CalendarsJob(db::Session &session, WebhookRules rules, const StopFlag &stop, const Log &log)
        : m_session(session), m_client(rules, stop), m_stop(stop), m_log(log) {}

    // Reads one that is due. The wait until the next look. Throws nothing of the database: an outage is
    // logged once and waited for.
    std::chrono::milliseconds turn();

private:
    void read(const db::DueCalendar &calendar);

    db::Session &m_session;
    CalendarClient m_client;
    const StopFlag &m_stop;
    const Log &m_log;
    bool m_away = false;
};

// How long after a failed reading the next follows: 5 min, 10, 20, … at most 6 h. `failures`: with this one.
std::chrono::seconds calendar_retry_delay(int failures);

} // namespace studio::renderer
