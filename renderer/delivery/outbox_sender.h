// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/outbox_store.h"
#include "renderer/delivery/booking_notice.h"
#include "renderer/delivery/delivery.h"
#include "renderer/support/log.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace studio::renderer {

// The queue of messages to send. All calls throw db::Error.
class OutboxQueue {
public:
    virtual ~OutboxQueue() = default;
    virtual std::vector<db::OutboxMessage> claim(int max_messages, int lease_s) = 0;
    // Whether the message is still claimed by this sender: it may have been erased or claimed by another
    // meanwhile.
    virtual bool is_held(const db::OutboxMessage &message) = 0;
    virtual void sent(const std::string &id) = 0;
    // `refused`: for good, which is counted in `OutboxMessage::refusals`.
    virtual void failed(const std::string &id, const std::string &reason, int retry_in_s, bool dead,
                        bool refused) = 0;
};

class DatabaseOutbox final : public OutboxQueue {
public:
    DatabaseOutbox(db::Session &session, db::OutboxChannel channel) : m_store(session), m_channel(channel) {}
    std::vector<db::OutboxMessage> claim(int max_messages, int lease_s) override {
        return m_store.claim(m_channel, max_messages, lease_s);
    }
    bool is_held(const db::OutboxMessage &message) override { return m_store.is_held(message); }
    void sent(const std::string &id) override { m_store.sent(id); }
    void failed(const std::string &id, const std::string &reason, int retry_in_s, bool dead,
                bool refused) override {
        m_store.failed(id, reason, retry_in_s, dead, refused);
    }

private:
    db::OutboxStore m_store;
    const db::OutboxChannel m_channel;
};

// About three days of attempts: a mail server may be down over a weekend.
inline constexpr int max_attempts = 79;
// Attempts of a message that waits for a setting, six hours apart: three days too.
inline constexpr int max_attempts_unset = 12;
// So many permanent refusals are final, whatever else failed before: mail servers are misconfigured now and
// then.
inline constexpr int max_refusals = 3;
// Seconds from the `attempts`-th attempt (1, 2, …) to the next: 30 · 2^(attempts-1), at most an hour, and a
// fifth more or less by `jitter` (-1 to 1).
int retry_delay_s(int attempts, double jitter);

// What became of the messages that this process has handled since its start. Any thread may read.
struct OutboxFigures {
    std::atomic<std::uint64_t> sent{0}, failed{0}, dead{0};
};

// Sends what waits. One thread at a time.
class OutboxSender final {
public:
    struct Parts {
        OutboxQueue &queue;
        MailTransport *mail = nullptr; // nullptr while no mail server is configured: emails wait
        WebhookTransport &webhooks;
        MailSender sender;
        std::function<base::Time()> clock;
        std::function<double()> jitter; // -1 to 1
        std::function<bool()> stopping; // true: leave the rest to others
        const Log &log;
        OutboxFigures &figures;
    };
    explicit OutboxSender(Parts parts) : m_parts(std::move(parts)) {}

    // Claims messages and sends them. Returns the number of claimed messages. Throws db::Error.
    std::size_t run_once();

private:
    Delivery deliver(const db::OutboxMessage &message);
    Delivery deliver_mail(const db::OutboxMessage &message);
    Delivery deliver_webhook(const db::OutboxMessage &message);
    void settle(const db::OutboxMessage &message, const Delivery &delivery);

    Parts m_parts;
    // Within one claim: once a message could not reach the mail server, the others are not tried.
    std::optional<Delivery> m_mail_server_away;
};

} // namespace studio::renderer
