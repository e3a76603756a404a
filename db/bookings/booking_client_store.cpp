// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_client_store.h"

#include "base/telephone.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "models/json/json.h"
#include "models/values/timezone.h"
#include "models/values/zoned_time.h"

namespace studio::db {

namespace {

std::string text_at(const models::Json &json, const char *key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<models::Time> time_at(const models::Json &json, const char *key) {
    return models::parse_rfc3339(text_at(json, key));
}

ClientCard card_of(const models::Json &json) {
    ClientCard card;
    for (const models::Json &request : json["requests"]) {
        card.requests.push_back({text_at(request, "id"), request.value("own", true),
                                 text_at(request, "status"), text_at(request, "reason"),
                                 time_at(request, "created_at"), time_at(request, "start")});
    }
    for (const models::Json &mark : json["marks"]) {
        card.verified = card.verified || mark == "verified";
        card.trusted = card.trusted || mark == "trusted";
    }
    for (const models::Json &block : json["blocks"]) {
        card.blocks.push_back({text_at(block, "kind"), time_at(block, "until").value_or(models::Time{}),
                               block.value("everywhere", false), text_at(block, "id")});
    }
    for (const models::Json &read : json["reads"]) {
        card.reads.push_back({text_at(read, "by"), time_at(read, "at").value_or(models::Time{})});
    }
    return card;
}

models::Json text_or_null(const std::string &text) {
    return text.empty() ? models::Json() : models::Json(text);
}

models::Json time_or_null(const std::optional<models::Time> &time) {
    return time ? models::Json(base::to_microseconds(*time)) : models::Json();
}

} // namespace

std::optional<ClientCard> BookingClientStore::open_card(const std::string &booking) {
    if (!is_uuid(booking)) {
        return std::nullopt;
    }
    const bool known = m_session.impl().transact([&](pqxx::work &work) {
        return work.exec_params1("SELECT booking_open_card($1)", booking)[0].as<bool>();
    });
    if (!known) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto field = work.exec_params1("SELECT booking_client_card($1)", booking)[0];
        return field.is_null() ? std::nullopt : std::optional(card_of(models::Json::parse(field.c_str())));
    });
}

void BookingClientStore::mark(const std::string &booking, const std::string &mark, bool present) {
    const bool known = is_uuid(booking) && m_session.impl().transact([&](pqxx::work &work) {
        return work.exec_params1("SELECT booking_mark_client($1, $2, $3)", booking, mark, present)[0]
            .as<bool>();
    });
    if (!known) {
        throw Error(ErrorKind::NotFound, "There is no such booking, or this login has no access to it.");
    }
}

std::string BookingClientStore::enter(const EnteredBooking &booking) {
    require_tenant_id(booking.tenant_id);
    const auto phones =
        base::normal_telephones(booking.client_phone, models::region_of_timezone(booking.time_zone));
    const std::string first_phone =
        booking.client_phone_normal.empty() && !phones.empty() ? phones.front() : booking.client_phone_normal;
    const models::Json request = {{"client_name", booking.client_name},
                                  {"client_email", text_or_null(booking.client_email)},
                                  {"client_phone", text_or_null(booking.client_phone)},
                                  {"client_phone_normal", text_or_null(first_phone)},
                                  {"client_phones", phones},
                                  {"service_type", text_or_null(booking.service_type)},
                                  {"message", text_or_null(booking.message)},
                                  {"duration", text_or_null(booking.duration)},
                                  {"start_us", time_or_null(booking.start)},
                                  {"end_us", time_or_null(booking.end)},
                                  {"time_zone", text_or_null(booking.time_zone)},
                                  {"source", booking.source},
                                  {"place_kind", text_or_null(booking.place_kind)},
                                  {"place", text_or_null(booking.place)},
                                  {"mail", booking.mail},
                                  {"over_block", booking.over_block}};
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto field =
            work.exec_params1("SELECT booking_enter($1, $2)", booking.tenant_id, request.dump())[0];
        if (field.is_null()) {
            throw_no_tenant();
        }
        return std::string(field.c_str());
    });
}

} // namespace studio::db
