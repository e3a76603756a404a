// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/outbox_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *claim_messages =
    "SELECT id, kind, tenant_id, attempts, payload, refusals FROM outbox_claim($1, $2, $3)";
constexpr const char *ask_held = "SELECT outbox_is_held($1, $2)";
constexpr const char *note_sent = "SELECT outbox_sent($1)";
constexpr const char *note_failed = "SELECT outbox_failed($1, $2, $3, $4, $5)";

models::Json payload_of(const pqxx::field &field) {
    try {
        return models::Json::parse(field.c_str(), field.c_str() + field.size());
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Other, "A message in the outbox is damaged: it is not JSON in UTF-8.");
    }
}

void require_message_id(const std::string &id) {
    if (!is_uuid(id)) {
        throw Error(ErrorKind::NotFound, "There is no such message.");
    }
}

} // namespace

std::vector<OutboxMessage> OutboxStore::claim(OutboxChannel channel, int max_messages, int lease_s) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<OutboxMessage> messages;
        for (const auto &row : m_session.impl().prepared(work, claim_messages,
                                                         channel == OutboxChannel::Mail ? "mail" : "webhook",
                                                         max_messages, lease_s)) {
            messages.push_back({row[0].c_str(), row[1].c_str(), models::TenantId(row[2].c_str()),
                                row[3].as<int>(), payload_of(row[4]), row[5].as<int>()});
        }
        return messages;
    });
}

bool OutboxStore::is_held(const OutboxMessage &message) {
    require_message_id(message.id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return m_session.impl().prepared(work, ask_held, message.id, message.attempts)[0][0].as<bool>();
    });
}

void OutboxStore::sent(const std::string &id) {
    require_message_id(id);
    m_session.impl().repeatable(
        [&](pqxx::nontransaction &work) { m_session.impl().prepared(work, note_sent, id); });
}

void OutboxStore::failed(const std::string &id, const std::string &reason, int retry_in_s, bool dead,
                         bool refused) {
    require_message_id(id);
    m_session.impl().repeatable([&](pqxx::nontransaction &work) {
        m_session.impl().prepared(work, note_failed, id, reason, retry_in_s, dead, refused);
    });
}

OutboxCounts OutboxStore::counts() {
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row =
            work.exec1("SELECT pending, sent, dead, oldest_pending_s, without_address FROM outbox_counts()");
        return OutboxCounts{row[0].as<std::int64_t>(), row[1].as<std::int64_t>(), row[2].as<std::int64_t>(),
                            row[3].as<std::int64_t>(), row[4].as<std::int64_t>()};
    });
}

std::vector<UndeliveredMessage> OutboxStore::undelivered(const std::optional<std::string> &booking_id) {
    if (booking_id && !is_uuid(*booking_id)) {
        return {};
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto time = [](const pqxx::field &field) {
            return field.is_null() ? std::nullopt : std::optional(time_of(field));
        };
        std::vector<UndeliveredMessage> messages;
        for (const auto &row : work.exec_params(
                 "SELECT id, booking_id, tenant_id, kind, status = 'dead', attempts, "
                 "reason, " SQL_MICROSECONDS("created_at") ", " SQL_MICROSECONDS(
                     "tried_again_at") ", " SQL_MICROSECONDS("given_up_at") " FROM outbox_undelivered($1)",
                 booking_id)) {
            messages.push_back({row[0].c_str(), row[1].c_str(), models::TenantId(row[2].c_str()),
                                row[3].c_str(), row[4].as<bool>(), row[5].as<int>(), row[6].c_str(),
                                time_of(row[7]), time(row[8]), time(row[9])});
        }
        return messages;
    });
}

void OutboxStore::retry(const std::string &id) {
    require_message_id(id);
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT outbox_retry($1)", id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound,
                        "There is no such message that could be tried again: it was sent, or is tried within "
                        "minutes by itself.");
        }
    });
}

} // namespace studio::db
