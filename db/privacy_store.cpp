// SPDX-License-Identifier: Apache-2.0
#include "db/privacy_store.h"

#include "db/rows.h"
#include "db/session_impl.h"

namespace studio::db {

namespace {

constexpr int rows_a_batch = 5000;

std::optional<std::string> id_or_null(const std::string &id) {
    return id.empty() ? std::nullopt : std::optional(id);
}

void require_ids(const std::string &tenant_id, const std::string &id) {
    if (!tenant_id.empty())
        require_tenant_id(tenant_id);
    if (!is_uuid(id))
        throw Error(ErrorKind::NotFound, "There is no such visit.");
}

ErasureReceipt receipt_of(const pqxx::row &row) {
    return {row["id"].c_str(), row["sessions"].as<int>(), row["events"].as<int>(),
            row["assignments"].as<int>(), row["bookings"].as<int>()};
}

#define TIME_OF(microseconds) "'epoch'::timestamptz + " microseconds "::bigint * interval '1 microsecond'"
#define RECEIPT "SELECT id, sessions, events, assignments, bookings FROM "

// Until nothing is left, or another one has begun with the retention.
std::int64_t remove_in_batches(Session &session, const char *what, std::int64_t now_us) {
    std::int64_t total = 0;
    while (true) {
        const int gone = session.impl().transact([&](pqxx::work &work) {
            return work
                .exec_params1("SELECT coalesce(retention_batch($1, " TIME_OF("$2") ", $3), 0)", what, now_us,
                              rows_a_batch)[0]
                .as<int>();
        });
        total += gone;
        if (gone == 0)
            return total;
    }
}

} // namespace

ErasureReceipt PrivacyStore::forget_visitor(const std::string &tenant_id, const std::string &visitor_id) {
    require_tenant_id(tenant_id);
    require_ids(tenant_id, visitor_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(work.exec_params1(RECEIPT "privacy_forget_visitor($1, $2)", tenant_id, visitor_id));
    });
}

ErasureReceipt PrivacyStore::forget_session(const std::string &tenant_id, const std::string &session_id) {
    require_ids(tenant_id, session_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(
            work.exec_params1(RECEIPT "privacy_forget_session($1, $2)", id_or_null(tenant_id), session_id));
    });
}

Held PrivacyStore::held(const std::string &tenant_id, const std::string &visitor_id) {
    require_tenant_id(tenant_id);
    require_ids(tenant_id, visitor_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec_params1(
            "SELECT sessions, events, assignments, " SQL_MICROSECONDS(
                "first_at") " AS first, " SQL_MICROSECONDS("last_at") " AS last FROM privacy_held($1, $2)",
            tenant_id, visitor_id);
        Held held{row["sessions"].as<int>(), row["events"].as<int>(), row["assignments"].as<int>(), {}, {}};
        if (!row["first"].is_null()) {
            held.first_us = row["first"].as<std::int64_t>();
            held.last_us = row["last"].as<std::int64_t>();
        }
        return held;
    });
}

ErasureReceipt PrivacyStore::erase_email(const std::string &tenant_id, const std::string &email) {
    if (!tenant_id.empty())
        require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(
            work.exec_params1(RECEIPT "privacy_erase_email($1, $2)", id_or_null(tenant_id), email));
    });
}

std::optional<RetentionReport> PrivacyStore::retention(std::int64_t now_us) {
    RetentionReport report;
    const bool begun = m_session.impl().transact([&](pqxx::work &work) {
        const auto row =
            work.exec_params1("SELECT dropped, made FROM retention_partitions(" TIME_OF("$1") ")", now_us);
        report.partitions_dropped = row[0].as<int>(0);
        report.partitions_made = row[1].as<int>(0);
        return !row[0].is_null();
    });
    if (!begun) {
        return std::nullopt;
    }
    report.events = remove_in_batches(m_session, "events", now_us);
    report.sessions = remove_in_batches(m_session, "sessions", now_us);
    report.bookings = remove_in_batches(m_session, "bookings", now_us);
    report.bot_days = remove_in_batches(m_session, "bot_days", now_us);
    report.attempts = remove_in_batches(m_session, "attempts", now_us);
    report.messages = remove_in_batches(m_session, "messages", now_us);
    report.client_keys = remove_in_batches(m_session, "client_keys", now_us);
    report.audit_entries = remove_in_batches(m_session, "audit", now_us);
    remove_in_batches(m_session, "salts", now_us);
    return report;
}

} // namespace studio::db
