// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/calendars_job.h"

#include "db/connection/error.h"
#include "models/booking/calendar_source.h"

#include <algorithm>

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rhythm = 2s, outage_rhythm = 30s;
constexpr std::chrono::seconds reading_rhythm = 30min;
// How long a calendar stays claimed if its reading never ends, for example because the service crashes: then
// the next reading follows at the usual time.
constexpr std::chrono::seconds lease = reading_rhythm;
constexpr std::chrono::seconds first_delay = 5min, longest_delay = 6h;

models::CalendarImport read_calendar(const std::string &text, const db::DueCalendar &calendar) {
    try {
        return models::read_busy_times(text, calendar.zone, models::import_window(base::now()),
                                       models::zone_names(calendar.zones));
    } catch (const std::exception &) { // for example a time zone that this machine does not know
        models::CalendarImport failed;
        failed.error = "The calendar could not be read.";
        return failed;
    }
}

std::vector<db::BusyTime> busy_times(const models::CalendarImport &import) {
    std::vector<db::BusyTime> busy;
    busy.reserve(import.busy.size());
    for (const models::TimeSpan &span : import.busy) {
        busy.push_back({span.start, span.end});
    }
    return busy;
}

} // namespace

std::chrono::seconds calendar_retry_delay(int failures) {
    const int doublings = std::clamp(failures - 1, 0, 10);
    return std::min(longest_delay, first_delay * (1 << doublings));
}

std::chrono::milliseconds CalendarsJob::turn() {
    try {
        const auto due = db::CalendarImportStore(m_session).claim(lease);
        if (due) {
            read(*due);
        }
        m_away = false;
        return due ? 0ms : rhythm;
    } catch (const db::Error &error) {
        if (!m_stop.raised() && !m_away) {
            m_log.warning("calendars_not_read",
                          {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
        }
        m_away = true;
        return outage_rhythm;
    }
}

// Neither the address nor what the calendar says is logged: both are private.
void CalendarsJob::read(const db::DueCalendar &calendar) {
    db::CalendarImportStore store(m_session);
    CalendarAnswer answer = m_client.get(calendar.url);
    if (m_stop.raised() && !answer.problem.empty()) {
        return; // the claim ends with its lease
    }
    models::CalendarImport import;
    if (answer.problem.empty()) {
        import = read_calendar(answer.text, calendar);
        answer.problem = import.error;
    }
    if (answer.problem.empty()) {
        store.was_read(calendar.id, busy_times(import), models::import_report(import), reading_rhythm);
        return;
    }
    store.was_not_read(calendar.id, answer.problem, calendar_retry_delay(calendar.failures + 1));
    m_log.warning("calendar_not_read", {{"calendar", calendar.id},
                                        {"tenant", calendar.tenant_id},
                                        {"failures", calendar.failures + 1},
                                        {"reason", answer.problem}});
}

} // namespace studio::renderer
