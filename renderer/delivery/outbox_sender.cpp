// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/outbox_sender.h"

#include "models/json/json_read.h"
#include "renderer/delivery/webhook_client.h"

#include <algorithm>
#include <cmath>

namespace studio::renderer {

namespace {

constexpr int first_delay_s = 30, longest_delay_s = 3600;
constexpr int delay_unset_s = 6 * 3600; // between attempts of a message that waits for a setting
constexpr int claimed_at_once = 20;
// Longer than sending all messages of one claim can take.
constexpr int lease_s = 15 * 60;
// The companion's site has no email address. The message waits until it has one; outbox_counts() counts such
// messages.
constexpr const char *no_companion_address = "companion_without_email";

} // namespace

int retry_delay_s(int attempts, double jitter) {
    const double doubled = first_delay_s * std::pow(2.0, std::clamp(attempts - 1, 0, 20));
    const double delay = std::min<double>(doubled, longest_delay_s);
    return static_cast<int>(std::lround(delay * (1 + 0.2 * std::clamp(jitter, -1.0, 1.0))));
}

std::size_t OutboxSender::run_once() {
    m_mail_server_away.reset();
    const auto messages = m_parts.queue.claim(claimed_at_once, lease_s);
    for (const db::OutboxMessage &message : messages) {
        if (m_parts.stopping()) {
            m_parts.queue.failed(message.id, "stopped", 1, false, false);
            continue;
        }
        // The messages before it may have taken minutes, so another replica may have claimed it meanwhile.
        if (!m_parts.queue.is_held(message)) {
            continue;
        }
        Delivery delivery;
        try {
            delivery = deliver(message);
        } catch (const std::exception &) {
            delivery = {Delivery::Result::Later,
                        "not_made"}; // the exception's text is not stored, because it may quote the visitor
        }
        settle(message, delivery);
    }
    return messages.size();
}

Delivery OutboxSender::deliver(const db::OutboxMessage &message) {
    if (message.kind == "webhook") {
        return deliver_webhook(message);
    }
    if (is_mail_kind(message.kind)) {
        return deliver_mail(message);
    }
    return {Delivery::Result::Later, "unknown_kind"};
}

Delivery OutboxSender::deliver_mail(const db::OutboxMessage &message) {
    if (!m_parts.mail) {
        return {Delivery::Result::Later, "smtp_not_configured"};
    }
    const auto mail = booking_mail(message, m_parts.sender, m_parts.clock());
    if (!mail && is_for_companion(message.kind)) {
        return {Delivery::Result::Later, no_companion_address};
    }
    if (!mail) {
        return {Delivery::Result::Refused, "no_address"};
    }
    if (m_mail_server_away) {
        return *m_mail_server_away;
    }
    const Delivery delivery = m_parts.mail->send(mail->from.address, mail->to, to_text(*mail));
    if (delivery.reason == "smtp_unreachable" || delivery.reason == "smtp_timeout" ||
        delivery.reason == "smtp_name_not_found") {
        m_mail_server_away = delivery;
    }
    return delivery;
}

Delivery OutboxSender::deliver_webhook(const db::OutboxMessage &message) {
    const models::Json &webhook = models::object_member(message.payload, "webhook");
    const std::string url = models::text_member(webhook, "url");
    if (url.empty()) {
        return {Delivery::Result::Refused, "no_webhook"};
    }
    const std::string body = webhook_body(message);
    const std::string signature =
        webhook_signature(models::text_member(webhook, "secret"), m_parts.clock(), body);
    return m_parts.webhooks.post(url, body,
                                 {{"X-Studio-Signature", signature}, {"X-Studio-Delivery", message.id}});
}

void OutboxSender::settle(const db::OutboxMessage &message, const Delivery &delivery) {
    if (delivery.result == Delivery::Result::Sent) {
        m_parts.queue.sent(message.id);
        ++m_parts.figures.sent;
        return;
    }
    ++m_parts.figures.failed;
    const bool unset = delivery.reason == "smtp_not_configured" || delivery.reason == no_companion_address;
    const bool refused = delivery.result == Delivery::Result::Refused;
    const bool dead = message.attempts >= (unset ? max_attempts_unset : max_attempts) ||
                      (refused && message.refusals + 1 >= max_refusals);
    const int delay = unset ? delay_unset_s : retry_delay_s(message.attempts, m_parts.jitter());
    m_parts.queue.failed(message.id, delivery.reason, delay, dead, refused);
    if (dead) {
        ++m_parts.figures.dead;
    }
    m_parts.log.warning(dead ? "outbox_message_given_up" : "outbox_message_failed",
                        {{"message", message.id},
                         {"kind", message.kind},
                         {"tenant", message.tenant_id},
                         {"attempts", message.attempts},
                         {"reason", delivery.reason}});
}

} // namespace studio::renderer
