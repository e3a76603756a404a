// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

#define BOOKING                                                                                              \
    "SELECT b.id, b.tenant_id, t.subdomain, b.client_name, b.client_email, b.client_phone, b.service_type,"  \
    " b.message, b.duration, b.time_zone, b.status, b.blocked, b.flagged_reason, b.erased_at IS NOT NULL "   \
    "AS erased,"                                                                                             \
    " b.conversion_path, " SQL_MICROSECONDS("b.preferred_date") " AS preferred, " SQL_MICROSECONDS(          \
        "b.preferred_date_end") " AS preferred_end, " SQL_MICROSECONDS("b.created_at") " AS created FROM "   \
                                                                                       "bookings b JOIN "    \
                                                                                       "tenants t ON t.id "  \
                                                                                       "= b.tenant_id "

std::optional<models::Time> optional_time(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

Booking booking_of(const pqxx::row &row) {
    Booking booking;
    booking.id = row["id"].c_str();
    booking.tenant_id = row["tenant_id"].c_str();
    booking.subdomain = row["subdomain"].c_str();
    booking.client_name = row["client_name"].c_str();
    booking.client_email = row["client_email"].c_str();
    booking.client_phone = row["client_phone"].c_str();
    booking.service_type = row["service_type"].c_str();
    booking.message = row["message"].c_str();
    booking.duration = row["duration"].c_str();
    booking.time_zone = row["time_zone"].c_str();
    booking.status = row["status"].c_str();
    booking.blocked = row["blocked"].as<bool>();
    booking.flagged_reason = optional_text(row["flagged_reason"]);
    booking.erased = row["erased"].as<bool>();
    booking.preferred = optional_time(row["preferred"]);
    booking.preferred_end = optional_time(row["preferred_end"]);
    booking.created_at = time_of(row["created"]);
    const pqxx::field path = row["conversion_path"];
    booking.conversion_path =
        path.is_null() ? models::Json() : models::Json::parse(path.c_str(), nullptr, false);
    return booking;
}

} // namespace

std::vector<Booking> BookingStore::list(const BookingFilter &filter) {
    if (filter.tenant_id) {
        require_tenant_id(*filter.tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<Booking> bookings;
        for (const auto &row :
             work.exec_params(BOOKING "WHERE ($1::uuid IS NULL OR b.tenant_id = $1) AND ($2::text IS NULL OR"
                                      " b.status = $2) ORDER BY b.created_at DESC, b.id LIMIT $3",
                              filter.tenant_id, filter.status, filter.max_rows)) {
            bookings.push_back(booking_of(row));
        }
        return bookings;
    });
}

std::optional<Booking> BookingStore::find(const std::string &id) {
    if (!is_uuid(id)) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(BOOKING "WHERE b.id = $1", id);
        return rows.empty() ? std::nullopt : std::optional(booking_of(rows[0]));
    });
}

bool BlockStore::add(const std::optional<std::string> &tenant_id, const std::string &kind,
                     const std::string &value, const std::string &reason, std::optional<int> hours) {
    if (tenant_id) {
        require_tenant_id(*tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1("SELECT block_client($1, $2, $3, $4, $5)", tenant_id, kind, value, reason, hours)[0]
            .as<bool>();
    });
}

std::vector<BlockedClient> BlockStore::list() {
    return m_session.impl().transact([](pqxx::work &work) {
        std::vector<BlockedClient> clients;
        for (const auto &row :
             work.exec("SELECT id, tenant_id, kind, reason, account_name(created_by) AS "
                       "created_by, " SQL_MICROSECONDS("created_at") " AS created, " SQL_MICROSECONDS(
                           "expires_at") " AS expires FROM "
                                         "blocked_clients WHERE "
                                         "expires_at > "
                                         "clock_timestamp() ORDER BY "
                                         "created_at DESC, id")) {
            clients.push_back({row["id"].c_str(), optional_text(row["tenant_id"]), row["kind"].c_str(),
                               row["reason"].c_str(), row["created_by"].c_str(), time_of(row["created"]),
                               time_of(row["expires"])});
        }
        return clients;
    });
}

void BlockStore::remove(const std::string &id) {
    if (!is_uuid(id)) {
        throw Error(ErrorKind::NotFound, "There is no such block.");
    }
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT block_remove($1)", id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "There is no such block.");
        }
    });
}

} // namespace studio::db
