// SPDX-License-Identifier: Apache-2.0
#include "db/stores/privacy_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace studio::db {

namespace {

constexpr int rows_a_batch = 5000;

std::optional<models::TenantId> id_or_null(const models::TenantId &id) {
    return id.empty() ? std::nullopt : std::optional(id);
}

template <class VisitOrVisitor>
void require_ids(const models::TenantId &tenant_id, const VisitOrVisitor &id) {
    if (!tenant_id.empty()) {
        require_tenant_id(tenant_id);
    }
    if (!is_uuid(id)) {
        throw Error(ErrorKind::NotFound, "There is no such visit.");
    }
}

// The receipt of an erasure; without a row there was nothing to erase.
ErasureReceipt receipt_of(const pqxx::result &rows) {
    if (rows.empty()) {
        return {};
    }
    const pqxx::row row = rows[0];
    return {row["id"].c_str(), row["sessions"].as<int>(), row["events"].as<int>(),
            row["assignments"].as<int>(), row["bookings"].as<int>()};
}

#define TIME_OF(microseconds) "'epoch'::timestamptz + " microseconds "::bigint * interval '1 microsecond'"
#define RECEIPT "SELECT id, sessions, events, assignments, bookings FROM "

// Removes rows batch by batch and returns how many; nullopt if another replica is doing it.
std::optional<std::int64_t> remove_in_batches(Session &session, const char *what, base::Time now) {
    std::int64_t total = 0;
    while (true) {
        const auto gone = session.impl().transact([&](pqxx::work &work) -> std::optional<int> {
            const auto row = work.exec_params1("SELECT retention_batch($1, " TIME_OF("$2") ", $3)", what,
                                               base::to_microseconds(now), rows_a_batch);
            return row[0].is_null() ? std::nullopt : std::optional(row[0].as<int>());
        });
        if (!gone) {
            return std::nullopt;
        }
        total += *gone;
        if (*gone == 0) {
            return total;
        }
    }
}

constexpr std::size_t hash_digits = 64;

} // namespace

ErasureReceipt PrivacyStore::forget_visitor(const models::TenantId &tenant_id,
                                            const std::string &visitor_id) {
    require_tenant_id(tenant_id);
    require_ids(tenant_id, visitor_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(work.exec_params(RECEIPT "privacy_forget_visitor($1, $2)", tenant_id, visitor_id));
    });
}

ErasureReceipt PrivacyStore::forget_session(const models::TenantId &tenant_id,
                                            const models::SessionId &session_id) {
    require_ids(tenant_id, session_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(
            work.exec_params(RECEIPT "privacy_forget_session($1, $2)", id_or_null(tenant_id), session_id));
    });
}

VisitorData PrivacyStore::visitor_data(const models::TenantId &tenant_id, const std::string &visitor_id) {
    require_tenant_id(tenant_id);
    require_ids(tenant_id, visitor_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec_params1(
            "SELECT sessions, events, assignments, " SQL_MICROSECONDS(
                "first_at") " AS first, " SQL_MICROSECONDS("last_at") " AS last FROM "
                                                                      "privacy_visitor_data($1, $2)",
            tenant_id, visitor_id);
        VisitorData found{
            row["sessions"].as<int>(), row["events"].as<int>(), row["assignments"].as<int>(), {}, {}};
        if (!row["first"].is_null()) {
            found.first_at = time_of(row["first"]);
            found.last_at = time_of(row["last"]);
        }
        return found;
    });
}

ErasureReceipt PrivacyStore::erase_email(const models::TenantId &tenant_id, const std::string &email) {
    return erase(RECEIPT "privacy_erase_email($1, $2)", tenant_id, email);
}

ErasureReceipt PrivacyStore::erase_phone(const models::TenantId &tenant_id, const std::string &number) {
    return erase(RECEIPT "privacy_erase_phone($1, $2)", tenant_id, number);
}

ErasureReceipt PrivacyStore::erase_booking(const models::TenantId &tenant_id, const std::string &booking_id) {
    if (!is_uuid(booking_id)) {
        throw Error(ErrorKind::NotFound, "There is no such booking.");
    }
    return erase(RECEIPT "privacy_erase_booking($1, $2)", tenant_id, booking_id);
}

ErasureReceipt PrivacyStore::erase(const char *statement, const models::TenantId &tenant_id,
                                   const std::string &whom) {
    if (!tenant_id.empty()) {
        require_tenant_id(tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return receipt_of(work.exec_params(statement, id_or_null(tenant_id), whom));
    });
}

std::string ErasedSubject::line() const {
    return kind + ' ' + key_hash + ' ' + std::to_string(base::to_microseconds(erased_at));
}

std::optional<ErasedSubject> ErasedSubject::of_line(std::string_view line) {
    const auto first = line.find(' '), last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return std::nullopt;
    }
    ErasedSubject subject{
        std::string(line.substr(0, first)), std::string(line.substr(first + 1, last - first - 1)), {}};
    std::int64_t microseconds = 0;
    const std::string_view time = line.substr(last + 1);
    const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), microseconds);
    subject.erased_at = base::from_microseconds(microseconds);
    constexpr std::array kinds{"key",     "visitor", "visit", "email",  "phone",
                               "booking", "request", "photo", "hidden", "account"};
    const bool is_known = std::find(kinds.begin(), kinds.end(), subject.kind) != kinds.end();
    const bool is_hash = subject.key_hash.size() == hash_digits &&
                         subject.key_hash.find_first_not_of("0123456789abcdef") == std::string::npos;
    const bool is_time = error == std::errc() && end == time.data() + time.size();
    return is_known && is_hash && is_time ? std::optional(subject) : std::nullopt;
}

std::vector<ErasedSubject> PrivacyStore::erasures_to_keep() {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<ErasedSubject> subjects;
        for (const auto &row : work.exec("SELECT kind, encode(key_hash, 'hex'), " SQL_MICROSECONDS(
                 "erased_at") " FROM privacy_erased_subjects()")) {
            subjects.push_back({row[0].c_str(), row[1].c_str(), time_of(row[2])});
        }
        return subjects;
    });
}

StoppedAfterRestore PrivacyStore::stop_after_restore() {
    return m_session.impl().transact([](pqxx::work &work) {
        const auto feeds = work.exec0("UPDATE calendar_feeds SET revoked_at = now() WHERE revoked_at IS NULL")
                               .affected_rows();
        const auto messages = work.exec0("UPDATE outbox SET status = 'dead', reason = 'restored', done_at = "
                                         "now() WHERE status = 'pending'")
                                  .affected_rows();
        work.exec0("UPDATE platform_settings SET value = 'false' WHERE name = 'photo_store_confirmed'");
        work.exec0(
            "DELETE FROM photo_steps WHERE done_at IS NULL AND reason NOT IN ('withdrawn', 'deleted')");
        return StoppedAfterRestore{static_cast<int>(feeds), static_cast<int>(messages)};
    });
}

AppliedErasures PrivacyStore::apply_erasures(const std::vector<ErasedSubject> &subjects) {
    ArrayLiteral kinds, hashes, times;
    for (const ErasedSubject &subject : subjects) {
        kinds.add_text(subject.kind);
        hashes.add_text(subject.key_hash);
        times.add_time(subject.erased_at);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row =
            work.exec_params1("SELECT sessions, bookings, photos, disabled_accounts, paused_photos "
                              "FROM privacy_apply_erasures($1, $2, $3)",
                              kinds.text(), hashes.text(), times.text());
        return AppliedErasures{row[0].as<int>(), row[1].as<int>(), row[2].as<int>(), row[3].as<int>(),
                               row[4].as<int>()};
    });
}

// A part that fails, for example because its rows are locked, does not keep the others from running.
std::optional<RetentionReport> PrivacyStore::retention(base::Time now) {
    RetentionReport report;
    const bool begun = m_session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec_params1(
            "SELECT dropped, made FROM retention_partitions(" TIME_OF("$1") ")", base::to_microseconds(now));
        report.partitions_dropped = row[0].as<int>(0);
        report.partitions_made = row[1].as<int>(0);
        return !row[0].is_null();
    });
    if (!begun) {
        return std::nullopt;
    }
    std::int64_t salts = 0;
    const std::pair<const char *, std::int64_t *> parts[] = {{"events", &report.events},
                                                             {"bookings", &report.bookings},
                                                             {"sessions", &report.sessions},
                                                             {"bot_days", &report.bot_days},
                                                             {"attempts", &report.attempts},
                                                             {"messages", &report.messages},
                                                             {"client_keys", &report.client_keys},
                                                             {"booking_words", &report.booking_words},
                                                             {"audit", &report.audit_entries},
                                                             {"receipts", &report.receipts},
                                                             {"erased_subjects", &report.erased_subjects},
                                                             {"salts", &salts}};
    std::optional<Error> failure;
    for (const auto &[what, count] : parts) {
        try {
            const auto gone = remove_in_batches(m_session, what, now);
            if (!gone) {
                return std::nullopt;
            }
            *count = *gone;
        } catch (const Error &error) {
            if (error.kind() == ErrorKind::Unreachable) {
                throw;
            }
            failure = error;
        }
    }
    if (failure) {
        throw Error(*failure);
    }
    return report;
}

} // namespace studio::db
