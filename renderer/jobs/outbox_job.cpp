// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/outbox_job.h"

#include "db/connection/error.h"

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rhythm = 1s, outage_rhythm = 5s;

std::unique_ptr<SmtpClient> mail_client(const OutboxJob::Parts &parts) {
    if (parts.channel != db::OutboxChannel::Mail) {
        return nullptr;
    }
    if (parts.outgoing.smtp_url.empty()) {
        parts.log.warning("smtp_not_configured",
                          {{"effect", "booking emails wait and are given up after three days"}});
        return nullptr;
    }
    return std::make_unique<SmtpClient>(parts.outgoing, parts.platform_domain, parts.stop);
}

} // namespace

OutboxJob::OutboxJob(Parts parts)
    : m_parts(parts), m_queue(m_parts.session, m_parts.channel), m_mail(mail_client(m_parts)),
      m_webhooks(m_parts.outgoing.webhooks, m_parts.stop),
      m_sender({m_queue,
                m_mail.get(),
                m_webhooks,
                {m_parts.outgoing.mail_from, m_parts.link_origin},
                base::now,
                [this] { return std::uniform_real_distribution<>(-1, 1)(m_random); },
                [this] { return m_parts.stop.raised(); },
                m_parts.log,
                m_parts.figures}) {}

std::chrono::milliseconds OutboxJob::turn() {
    try {
        const bool more = m_sender.run_once() > 0;
        m_database_away = false;
        return more ? 0ms : rhythm;
    } catch (const db::Error &error) {
        if (!m_parts.stop.raised() && !m_database_away) {
            m_parts.log.warning("outbox_not_read",
                                {{"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
        }
        m_database_away = true;
        return outage_rhythm;
    }
}

} // namespace studio::renderer
