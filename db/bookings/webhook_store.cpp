// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/webhook_store.h"

#include "db/connection/rows.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr std::size_t secret_length = 43; // 258 random bits

#define WEBHOOK                                                                                              \
    "id, tenant_id, url, active, account_name(created_by) AS created_by, " SQL_MICROSECONDS(                 \
        "created_at") " AS created "

Webhook webhook_of(const pqxx::row &row) {
    return {row["id"].c_str(),        models::TenantId(row["tenant_id"].c_str()),
            row["url"].c_str(),       "",
            row["active"].as<bool>(), row["created_by"].c_str(),
            time_of(row["created"])};
}

} // namespace

Webhook WebhookStore::add(const models::TenantId &tenant_id, const std::string &url) {
    require_tenant_id(tenant_id);
    const std::string secret = random_token(secret_length);
    return m_session.impl().transact([&](pqxx::work &work) {
        Webhook webhook = webhook_of(work.exec_params1(
            "INSERT INTO webhooks (tenant_id, url, secret) VALUES ($1, $2, $3) RETURNING " WEBHOOK, tenant_id,
            url, secret));
        webhook.secret = secret;
        return webhook;
    });
}

std::vector<Webhook> WebhookStore::list(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Webhook> webhooks;
        for (const auto &row : work.exec_params(
                 "SELECT " WEBHOOK "FROM webhooks WHERE tenant_id = $1 ORDER BY created_at, id", tenant_id)) {
            webhooks.push_back(webhook_of(row));
        }
        return webhooks;
    });
}

void WebhookStore::remove(const std::string &id) {
    if (!is_uuid(id)) {
        throw Error(ErrorKind::NotFound, "There is no such webhook.");
    }
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT webhook_remove($1)", id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "There is no such webhook.");
        }
    });
}

} // namespace studio::db
