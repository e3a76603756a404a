// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace studio::db {

namespace {

constexpr const char *plain_columns =
    "b.id, b.tenant_id, t.subdomain, t.name AS tenant_name, b.version, b.status, b.source, b.client_name,"
    " b.client_email, b.client_phone, b.service_type, b.message, b.duration, b.buffer_minutes, b.holds,"
    " b.time_zone, b.client_time_zone, b.place_kind, b.place, b.screening, b.reason_code, b.deposit_state, "
    "b.deposit_minor,"
    " b.deposit_reference, b.deposit_method, b.value_minor, b.blocked, b.mail_wanted, b.flagged_reason,"
    " b.erased_at IS NOT NULL AS erased, b.conversion_path";

// These columns are selected in microseconds, under their own names.
constexpr std::array<const char *, 11> time_columns{
    "preferred_date", "preferred_date_end", "starts_at",           "ends_at",    "held_until", "answer_by",
    "move_asked_at",  "deposit_due_at",     "deposit_received_at", "created_at", "changed_at"};

std::string select_bookings() {
    std::string statement = std::string("SELECT ") + plain_columns;
    for (const std::string column : time_columns) {
        statement += ", (extract(epoch FROM b." + column + ") * 1000000)::bigint AS " + column;
    }
    return statement + " FROM bookings b JOIN tenants t ON t.id = b.tenant_id ";
}

// The parameters are $1 tenant, $2 statuses, $3 and $4 the range of time, $5 service, $6 a pattern for each
// word.
constexpr const char *conditions =
    "WHERE ($1::uuid IS NULL OR b.tenant_id = $1) AND ($2::text[] IS NULL OR b.status = ANY ($2))"
    " AND ($3::bigint IS NULL OR coalesce(b.starts_at, b.created_at) >= to_timestamp($3 / 1e6))"
    " AND ($4::bigint IS NULL OR coalesce(b.starts_at, b.created_at) < to_timestamp($4 / 1e6))"
    " AND ($5 = '' OR lower(b.service_type) = lower($5))"
    " AND concat_ws(' ', b.client_name, b.client_email, b.client_phone, b.client_phone_normal, "
    "b.service_type,"
    " b.message, b.place) ILIKE ALL ($6::text[])"
    " AND ($7::bigint IS NULL OR coalesce(b.ends_at, b.starts_at + interval '1 hour') > to_timestamp($7 / "
    "1e6))";

// The history begins with the request itself, which has no row of its own: it is read from the booking.
constexpr const char *select_history = "SELECT 0 AS id, " SQL_MICROSECONDS(
    "b.created_at") " AS at, 'client' AS actor_kind, '' AS actor,"
                    " 'request' AS action, NULL AS from_status, coalesce((SELECT h.from_status FROM "
                    "booking_history h"
                    " WHERE h.booking_id = b.id ORDER BY h.id LIMIT 1), b.status) AS to_status, '{}'::jsonb "
                    "AS details"
                    " FROM bookings b WHERE b.id = $1 AND b.source = 'site'"
                    " UNION ALL SELECT id, " SQL_MICROSECONDS(
                        "at") ", actor_kind,"
                              " CASE actor_kind WHEN 'person' THEN account_name(actor) ELSE '' END, action, "
                              "from_status, to_status,"
                              " details FROM booking_history WHERE booking_id = $1 ORDER BY id";

std::optional<models::Time> optional_time(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

std::string text_of(const pqxx::field &field) {
    return optional_text(field).value_or("");
}

models::Json json_of(const pqxx::field &field) {
    return field.is_null() ? models::Json() : models::Json::parse(field.c_str(), nullptr, false);
}

BookingDeposit deposit_of(const pqxx::row &row) {
    BookingDeposit deposit;
    deposit.state = text_of(row["deposit_state"]);
    deposit.minor = row["deposit_minor"].as<std::int64_t>(0);
    deposit.reference = text_of(row["deposit_reference"]);
    deposit.method = text_of(row["deposit_method"]);
    deposit.due = optional_time(row["deposit_due_at"]);
    deposit.received = optional_time(row["deposit_received_at"]);
    return deposit;
}

void read_times(Booking &booking, const pqxx::row &row) {
    booking.preferred = optional_time(row["preferred_date"]);
    booking.preferred_end = optional_time(row["preferred_date_end"]);
    booking.start = optional_time(row["starts_at"]);
    booking.end = optional_time(row["ends_at"]);
    booking.held_until = optional_time(row["held_until"]);
    booking.answer_by = optional_time(row["answer_by"]);
    booking.move_asked = optional_time(row["move_asked_at"]);
    booking.created_at = time_of(row["created_at"]);
    booking.changed_at = time_of(row["changed_at"]);
}

Booking booking_of(const pqxx::row &row) {
    Booking booking;
    booking.id = row["id"].c_str();
    booking.tenant_id = models::TenantId(row["tenant_id"].c_str());
    booking.subdomain = row["subdomain"].c_str();
    booking.tenant_name = row["tenant_name"].c_str();
    booking.version = row["version"].as<int>();
    booking.status =
        models::booking_status_of(row["status"].c_str()).value_or(models::BookingStatus::Pending);
    booking.source = row["source"].c_str();
    booking.client_name = row["client_name"].c_str();
    booking.client_email = text_of(row["client_email"]);
    booking.client_phone = text_of(row["client_phone"]);
    booking.service_type = text_of(row["service_type"]);
    booking.message = text_of(row["message"]);
    booking.duration = text_of(row["duration"]);
    booking.buffer_minutes = row["buffer_minutes"].as<int>();
    booking.holds = row["holds"].as<bool>();
    booking.time_zone = text_of(row["time_zone"]);
    booking.client_time_zone = text_of(row["client_time_zone"]);
    booking.place_kind = text_of(row["place_kind"]);
    booking.place = text_of(row["place"]);
    booking.screening = json_of(row["screening"]);
    booking.reason_code = text_of(row["reason_code"]);
    booking.deposit = deposit_of(row);
    if (!row["value_minor"].is_null()) {
        booking.value_minor = row["value_minor"].as<std::int64_t>();
    }
    booking.blocked = row["blocked"].as<bool>();
    if (!row["mail_wanted"].is_null()) {
        booking.mail_choice = row["mail_wanted"].as<bool>();
    }
    booking.mail_wanted = booking.mail_choice.value_or(false);
    booking.flagged_reason = optional_text(row["flagged_reason"]);
    booking.erased = row["erased"].as<bool>();
    booking.conversion_path = json_of(row["conversion_path"]);
    read_times(booking, row);
    return booking;
}

const char *order_of(BookingOrder order) {
    switch (order) {
    case BookingOrder::Queue:
        return " ORDER BY b.status <> 'pending', b.created_at, b.id";
    case BookingOrder::Start:
        return " ORDER BY b.starts_at NULLS LAST, b.id";
    case BookingOrder::NewestFirst:
        break;
    }
    return " ORDER BY b.created_at DESC, b.id";
}

std::optional<std::string> statuses_of(const BookingFilter &filter) {
    if (filter.statuses.empty()) {
        return std::nullopt;
    }
    std::string list = "{";
    for (const models::BookingStatus status : filter.statuses) {
        list.append(list.size() > 1 ? "," : "").append(to_string(status));
    }
    return list + "}";
}

std::optional<long long> microseconds_of(const std::optional<models::Time> &time) {
    return time ? std::optional<long long>(base::to_microseconds(*time)) : std::nullopt;
}

// A pattern for each word, which may be anywhere in the text.
std::string patterns_of(const std::string &words) {
    ArrayLiteral patterns;
    std::istringstream stream(words);
    for (std::string word; stream >> word;) {
        std::string pattern = "%";
        for (const char c : word) {
            if (c == '\\' || c == '%' || c == '_') {
                pattern += '\\';
            }
            pattern += c;
        }
        patterns.add_text(pattern + '%');
    }
    return patterns.text();
}

// Runs a statement whose first seven parameters are the filter's values.
pqxx::result ask(pqxx::work &work, const std::string &statement, const BookingFilter &filter) {
    if (filter.tenant_id) {
        require_tenant_id(*filter.tenant_id);
    }
    return work.exec_params(statement, filter.tenant_id, statuses_of(filter), microseconds_of(filter.from),
                            microseconds_of(filter.to), filter.service, patterns_of(filter.words),
                            microseconds_of(filter.ends_after));
}

} // namespace

// The rows are chosen before the companions' names are joined. Otherwise PostgreSQL, which does not know how
// many companions the login sees, reads and sorts every booking.
std::vector<Booking> BookingStore::list(const BookingFilter &filter) {
    const std::string order = order_of(filter.order);
    const std::string chosen = std::string("SELECT b.id FROM bookings b ") + conditions + order + " LIMIT " +
                               std::to_string(std::max(0, filter.max_rows)) + " OFFSET " +
                               std::to_string(std::max(0, filter.first_row));
    const std::string statement =
        select_bookings() + "JOIN (" + chosen + ") chosen ON chosen.id = b.id" + order;
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Booking> bookings;
        for (const auto &row : ask(work, statement, filter)) {
            bookings.push_back(booking_of(row));
        }
        return bookings;
    });
}

std::int64_t BookingStore::count(const BookingFilter &filter) {
    const std::string statement = std::string("SELECT count(*) FROM bookings b ") + conditions;
    return m_session.impl().transact(
        [&](pqxx::work &work) { return ask(work, statement, filter).at(0)[0].as<std::int64_t>(); });
}

std::vector<std::string> BookingStore::services() {
    return m_session.impl().transact([](pqxx::work &work) {
        std::vector<std::string> names;
        for (const auto &row :
             work.exec("SELECT min(service_type) FROM bookings WHERE service_type <> ''"
                       " GROUP BY lower(service_type) ORDER BY lower(service_type) LIMIT 500")) {
            names.emplace_back(row[0].c_str());
        }
        return names;
    });
}

std::optional<Booking> BookingStore::find(const std::string &id) {
    if (!is_uuid(id)) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(select_bookings() + "WHERE b.id = $1", id);
        return rows.empty() ? std::nullopt : std::optional(booking_of(rows[0]));
    });
}

std::vector<BookingChange> BookingStore::history(const std::string &id) {
    if (!is_uuid(id)) {
        return {};
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<BookingChange> changes;
        for (const auto &row : work.exec_params(select_history, id)) {
            changes.push_back({row["id"].as<std::int64_t>(), time_of(row["at"]), row["actor_kind"].c_str(),
                               row["actor"].c_str(), row["action"].c_str(), text_of(row["from_status"]),
                               row["to_status"].c_str(), json_of(row["details"])});
        }
        return changes;
    });
}

std::vector<BookingNote> BookingStore::notes(const std::string &id) {
    if (!is_uuid(id)) {
        return {};
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<BookingNote> notes;
        for (const auto &row :
             work.exec_params("SELECT id, kind, text, author_kind, CASE author_kind WHEN 'person' THEN "
                              "account_name(author)"
                              " ELSE '' END AS author, " SQL_MICROSECONDS(
                                  "created_at") " AS created FROM booking_notes"
                                                " WHERE booking_id = $1 ORDER BY created_at, id",
                              id)) {
            notes.push_back({row["id"].c_str(), row["kind"].c_str(), row["text"].c_str(),
                             row["author_kind"].c_str(), row["author"].c_str(), time_of(row["created"])});
        }
        return notes;
    });
}

std::string BookingStore::visit_source(const std::string &id) {
    if (!is_uuid(id)) {
        return {};
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return text_of(work.exec_params1("SELECT booking_visit_source($1)", id)[0]);
    });
}

} // namespace studio::db
