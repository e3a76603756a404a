// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/outbox_sender.h"
#include "renderer/delivery/outgoing_settings.h"
#include "renderer/delivery/smtp_client.h"
#include "renderer/delivery/webhook_client.h"
#include "renderer/support/log.h"

#include <chrono>
#include <memory>
#include <random>
#include <string>

namespace studio::renderer {

// Sends the messages of one channel, claim after claim. Emails and webhooks are two of these in two threads,
// so that a webhook that hangs delays no email. One thread at a time.
class OutboxJob final {
public:
    struct Parts {
        db::OutboxChannel channel;
        db::Session &session;
        const OutgoingSettings &outgoing;
        const std::string &platform_domain;
        const std::string &link_origin;
        const StopFlag &stop;
        const Log &log;
        OutboxFigures &figures;
    };
    explicit OutboxJob(Parts parts);

    // Claims messages and sends them. Returns the time to wait before the next call. Throws no db::Error: an
    // outage is logged once, and the job waits for its end.
    std::chrono::milliseconds turn();

private:
    Parts m_parts;
    DatabaseOutbox m_queue;
    std::unique_ptr<SmtpClient> m_mail; // null for webhooks, and while no mail server is configured
    WebhookClient m_webhooks;
    std::mt19937_64 m_random{std::random_device{}()};
    OutboxSender m_sender;
    bool m_database_away = false;
};

} // namespace studio::renderer
