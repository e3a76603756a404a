// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/delivery/outbox_status.h"
#include "renderer/delivery/outgoing_settings.h"
#include "renderer/jobs/outbox_job.h"
#include "renderer/limits/capped_hours.h"
#include "renderer/support/log.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace studio::renderer {

// Sends emails, sends webhooks, reads calendars of others, does the housekeeping (retention, partitions
// ahead, salts of days that are over, bookings that are due) and keeps the figures of the dashboards up to
// date, each in a thread of its own, from construction to destruction. While the database is unreachable,
// they wait.
class Jobs final {
public:
    struct Parts {
        std::string database_url, platform_domain;
        std::string link_origin; // of the links in emails
        OutgoingSettings outgoing;
        CappedHours &capped_hours;
        const Log &log;
    };
    explicit Jobs(Parts parts);
    ~Jobs(); // ends a transfer and a statement that are under way
    Jobs(const Jobs &) = delete;
    Jobs &operator=(const Jobs &) = delete;

    OutboxStatus status() const;

private:
    using Clock = std::chrono::steady_clock;
    // Starts a thread that runs one of the functions below; an exception is logged, and the function runs
    // again.
    std::thread thread(std::string name, std::function<void()> work);
    void send_mail();
    void send_webhooks();
    void read_calendars();
    OutboxJob outbox(db::OutboxChannel channel, db::Session &session);
    void keep_house();
    // Each returns the time to wait until its next turn.
    std::chrono::milliseconds house_turn();
    void count_outbox();
    void keep_figures();
    std::chrono::milliseconds figures_turn();
    // Sleeps. False when the jobs are to end.
    bool rest(std::chrono::milliseconds time);

    const Parts m_parts;
    OutboxFigures m_figures;
    std::atomic<std::int64_t> m_waiting{-1}, m_dead{-1}, m_oldest_s{-1}, m_without_address{-1};
    std::atomic<std::uint64_t> m_retention_runs{0}, m_retention_failures{0}, m_figures_failures{0};
    bool m_house_away = false, m_figures_away = false; // each used only in its own thread
    struct Pause {
        std::chrono::milliseconds length;
        Clock::time_point until;
    };
    std::map<models::TenantId, Pause> m_failing_figures; // by tenant; used only in the figures' thread
    StopFlag m_stop;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    db::Session m_mail_session, m_webhook_session, m_calendar_session, m_house_session, m_figures_session;
    std::thread m_mail_thread, m_webhook_thread, m_calendar_thread, m_house_thread, m_figures_thread;
};

} // namespace studio::renderer
