// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_link_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *client_page = "SELECT booking_client_view($1, $2)";
constexpr const char *client_step = "SELECT booking_client_act($1, $2, $3, $4, $5)";
constexpr const char *companion_page = "SELECT booking_companion_view($1, $2)";
constexpr const char *companion_step = "SELECT booking_companion_act($1, $2, $3, $4)";
constexpr const char *busy_times = "SELECT public_calendar($1, $2, $3)";
constexpr const char *feed_of_secret = "SELECT public_calendar_feed($1, sha256(convert_to($2, 'UTF8')))";

models::Json json_of(const pqxx::field &field) {
    return field.is_null() ? models::Json() : models::Json::parse(field.c_str());
}

std::string text_of(const models::Json &json) {
    try {
        return json.dump();
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Invalid, "The answer contains text that is not UTF-8.", "22021");
    }
}

std::optional<models::TenantId> id_or_null(const models::TenantId &id) {
    return id.empty() ? std::nullopt : std::optional(id);
}

template <class... Arguments>
models::Json ask(Session &session, const char *statement, const Arguments &...arguments) {
    return session.impl().transact([&](pqxx::work &work) {
        return json_of(session.impl().prepared(work, statement, arguments...)[0][0]);
    });
}

} // namespace

models::Json BookingLinkStore::client_view(const std::string &token) {
    return ask(m_session, client_page, id_or_null(m_tenant), token);
}

models::Json BookingLinkStore::client_act(const std::string &token, const std::string &action,
                                          int seen_version, const std::string &message) {
    return ask(m_session, client_step, id_or_null(m_tenant), token, action, seen_version,
               text_of({{"message", message}}));
}

models::Json BookingLinkStore::companion_view(const std::string &token) {
    return ask(m_session, companion_page, id_or_null(m_tenant), token);
}

models::Json BookingLinkStore::companion_act(const std::string &token, const std::string &action,
                                             const models::Json &details) {
    return ask(m_session, companion_step, id_or_null(m_tenant), token, action, text_of(details));
}

models::Json BookingLinkStore::calendar(models::Time first, models::Time last) {
    return ask(m_session, busy_times, m_tenant, base::to_microseconds(first), base::to_microseconds(last));
}

models::Json BookingLinkStore::feed(const std::string &secret) {
    return ask(m_session, feed_of_secret, m_tenant, secret);
}

} // namespace studio::db
