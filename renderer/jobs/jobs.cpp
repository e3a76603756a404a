// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/jobs.h"

#include "db/analytics/analytics_upkeep.h"
#include "db/connection/error.h"
#include "db/stores/privacy_store.h"
#include "db/stores/tracking_store.h"
#include "renderer/jobs/calendars_job.h"
#include "renderer/jobs/capped_hours_job.h"
#include "renderer/jobs/due_bookings_job.h"
#include "renderer/jobs/page_load_job.h"
#include "renderer/jobs/winner_job.h"

#include <algorithm>
#include <set>

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds house_rhythm = 1h, count_rhythm = 5s;
constexpr std::chrono::milliseconds outage_rhythm = 5s, figures_rhythm = 500ms, longest_pause = 5min;

Log::Fields describe(const db::Error &error) {
    return {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}};
}

} // namespace

Jobs::Jobs(Parts parts)
    : m_parts(std::move(parts)), m_mail_session(m_parts.database_url),
      m_webhook_session(m_parts.database_url), m_calendar_session(m_parts.database_url),
      m_house_session(m_parts.database_url), m_figures_session(m_parts.database_url) {
    m_mail_thread = thread("emails", [this] { send_mail(); });
    m_webhook_thread = thread("webhooks", [this] { send_webhooks(); });
    m_calendar_thread = thread("calendars", [this] { read_calendars(); });
    m_house_thread = thread("housekeeping", [this] { keep_house(); });
    m_figures_thread = thread("figures", [this] { keep_figures(); });
}

Jobs::~Jobs() {
    m_stop.raise();
    {
        const std::scoped_lock lock(m_mutex);
        m_wake.notify_all();
    }
    for (db::Session *session :
         {&m_mail_session, &m_webhook_session, &m_calendar_session, &m_house_session, &m_figures_session}) {
        session->cancel();
    }
    m_mail_thread.join();
    m_webhook_thread.join();
    m_calendar_thread.join();
    m_house_thread.join();
    m_figures_thread.join();
}

OutboxStatus Jobs::status() const {
    OutboxStatus status;
    status.waiting = m_waiting;
    status.dead = m_dead;
    status.oldest_waiting_s = m_oldest_s;
    status.without_address = m_without_address;
    status.sent = m_figures.sent;
    status.failed = m_figures.failed;
    status.died = m_figures.dead;
    status.retention_runs = m_retention_runs;
    status.retention_failures = m_retention_failures;
    status.figures_failures = m_figures_failures;
    return status;
}

bool Jobs::rest(std::chrono::milliseconds time) {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, time, [this] { return m_stop.raised(); });
    return !m_stop.raised();
}

std::thread Jobs::thread(std::string name, std::function<void()> work) {
    return std::thread([this, name = std::move(name), work = std::move(work)] {
        for (;;) {
            try {
                return work();
            } catch (const std::exception &error) {
                m_parts.log.thread_failed(name, error.what());
            }
            if (!rest(outage_rhythm)) {
                return;
            }
        }
    });
}

OutboxJob Jobs::outbox(db::OutboxChannel channel, db::Session &session) {
    return OutboxJob({channel, session, m_parts.outgoing, m_parts.platform_domain, m_parts.link_origin,
                      m_stop, m_parts.log, m_figures});
}

void Jobs::send_mail() {
    OutboxJob job = outbox(db::OutboxChannel::Mail, m_mail_session);
    auto next_count = Clock::now();
    do {
        if (Clock::now() >= next_count) {
            count_outbox();
            next_count = Clock::now() + count_rhythm;
        }
    } while (rest(job.turn()));
}

void Jobs::send_webhooks() {
    OutboxJob job = outbox(db::OutboxChannel::Webhook, m_webhook_session);
    while (rest(job.turn())) {
    }
}

void Jobs::read_calendars() {
    CalendarsJob job(m_calendar_session, m_parts.outgoing.webhooks, m_stop, m_parts.log);
    while (rest(job.turn())) {
    }
}

void Jobs::count_outbox() {
    try {
        const db::OutboxCounts counts = db::OutboxStore(m_mail_session).counts();
        m_waiting = counts.pending;
        m_dead = counts.dead;
        m_oldest_s = counts.oldest_pending_s;
        m_without_address = counts.without_address;
    } catch (const db::Error &) { // the next job that needs the database reports that it is unreachable
    }
}

void Jobs::keep_house() {
    WinnerJob winners(m_house_session, m_parts.log);
    PageLoadJob loads(m_house_session, m_parts.log);
    CappedHoursJob capped(m_house_session, m_parts.capped_hours, m_parts.log);
    DueBookingsJob due(m_house_session, m_parts.log);
    Clock::time_point next_house{};
    for (auto wait = 0ms; rest(wait);) {
        if (Clock::now() >= next_house) {
            next_house = Clock::now() + house_turn();
        }
        wait = std::min({std::chrono::ceil<std::chrono::milliseconds>(next_house - Clock::now()),
                         winners.turn(Clock::now()), loads.turn(Clock::now()), capped.turn(Clock::now()),
                         due.turn(Clock::now())});
    }
}

std::chrono::milliseconds Jobs::house_turn() {
    try {
        const base::Time now = base::now();
        const std::chrono::sys_days today = std::chrono::floor<std::chrono::days>(now);
        // Reading today's salt destroys those of earlier days.
        db::TrackingStore(m_house_session).salt(today.time_since_epoch().count());
        if (const auto report = db::PrivacyStore(m_house_session).retention(now)) {
            ++m_retention_runs;
            m_parts.log.info("retention", {{"partitions_dropped", report->partitions_dropped},
                                           {"partitions_made", report->partitions_made},
                                           {"events", report->events},
                                           {"sessions", report->sessions},
                                           {"bookings", report->bookings}});
        }
        m_house_away = false;
        const auto to_midnight =
            std::chrono::duration_cast<std::chrono::milliseconds>(today + std::chrono::days(1) - now) + 1s;
        return std::min<std::chrono::milliseconds>(house_rhythm, to_midnight);
    } catch (const db::Error &error) {
        if (m_stop.raised()) {
            return 0ms;
        }
        ++m_retention_failures;
        if (!m_house_away) {
            m_parts.log.warning("housekeeping_failed", describe(error));
        }
        m_house_away = true;
        return error.kind() == db::ErrorKind::Unreachable ? outage_rhythm : 5min;
    }
}

void Jobs::keep_figures() {
    while (rest(figures_turn())) {
    }
}

// Updates the figures. A tenant whose update fails is left out for a while, longer after each further
// failure, while the others continue. The failure is logged once.
std::chrono::milliseconds Jobs::figures_turn() {
    try {
        std::set<models::TenantId> paused;
        for (const auto &[tenant, pause] : m_failing_figures) {
            if (pause.until > Clock::now()) {
                paused.insert(tenant);
            }
        }
        const db::UpkeepReport report =
            db::AnalyticsUpkeep(m_figures_session).update({}, db::AnalyticsUpkeep::max_visits, paused);
        std::map<models::TenantId, Pause> failing;
        for (const db::FailedTenant &failed : report.failed) {
            ++m_figures_failures;
            const auto before = m_failing_figures.find(failed.tenant_id);
            const bool first = before == m_failing_figures.end();
            const auto length = first ? outage_rhythm : std::min(2 * before->second.length, longest_pause);
            failing[failed.tenant_id] = {length, Clock::now() + length};
            if (first) {
                m_parts.log.warning("figures_not_updated",
                                    {{"tenant", failed.tenant_id}, {"problem", failed.problem}});
            }
        }
        for (const models::TenantId &tenant : paused) {
            failing[tenant] = m_failing_figures[tenant];
        }
        if (report.busy) { // some tenants were not tried
            failing.insert(m_failing_figures.begin(), m_failing_figures.end());
        }
        m_failing_figures = std::move(failing);
        m_figures_away = false;
        return report.more ? 0ms : figures_rhythm;
    } catch (const db::Error &error) {
        if (!m_stop.raised() && !m_figures_away) {
            m_parts.log.warning("figures_not_updated", describe(error)); // logged once for each outage
        }
        m_figures_away = true;
        return outage_rhythm;
    }
}

} // namespace studio::renderer
