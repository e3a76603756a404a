// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_request_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *add_booking = "SELECT outcome, booking_id, retry_after_s FROM booking_add($1)";

std::string hexadecimal(const std::string &bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

models::Json text_or_null(const std::string &text) {
    return text.empty() ? models::Json() : models::Json(text);
}

models::Json time_or_null(const std::optional<base::Time> &time) {
    return time ? models::Json(base::to_microseconds(*time)) : models::Json();
}

models::Json session_or_null(const NewBooking &request) {
    const TrackedSession &session = request.session;
    if (session.id.empty()) {
        return {};
    }
    return {{"id", session.id},
            {"key", text_or_null(session.key)},
            {"tenant_id", session.tenant_id},
            {"visitor_id", text_or_null(session.consented ? session.visitor_id : std::string())},
            {"utm_source", text_or_null(session.utm_source)},
            {"utm_medium", text_or_null(session.utm_medium)},
            {"utm_campaign", text_or_null(session.utm_campaign)},
            {"utm_term", text_or_null(session.utm_term)},
            {"utm_content", text_or_null(session.utm_content)},
            {"referrer", text_or_null(session.referrer)},
            {"user_agent", text_or_null(session.user_agent)},
            {"ip", text_or_null(session.ip)},
            {"country", text_or_null(session.country)},
            {"device_type", text_or_null(session.device_type)},
            {"browser", text_or_null(session.browser)},
            {"bot_class", text_or_null(session.bot_class)},
            {"consented", session.consented},
            {"started_us", base::to_microseconds(session.started_at)}};
}

std::string request_text(const NewBooking &request) {
    const models::Json json = {{"tenant_id", request.tenant_id},
                               {"form_visit_id", text_or_null(request.form_visit_id.text())},
                               {"session", session_or_null(request)},
                               {"idempotency_key", request.idempotency_key},
                               {"client_name", request.client_name},
                               {"client_email", request.client_email},
                               {"client_phone", text_or_null(request.client_phone)},
                               {"client_phone_normal", text_or_null(request.client_phone_normal)},
                               {"client_phones", request.client_phones},
                               {"service_type", text_or_null(request.service_type)},
                               {"message", text_or_null(request.message)},
                               {"duration", text_or_null(request.duration)},
                               {"preferred_us", time_or_null(request.preferred)},
                               {"preferred_end_us", time_or_null(request.preferred_end)},
                               {"time_zone", text_or_null(request.time_zone)},
                               {"client_time_zone", text_or_null(request.client_time_zone)},
                               {"start_us", time_or_null(request.start)},
                               {"end_us", time_or_null(request.end)},
                               {"place_kind", text_or_null(request.place_kind)},
                               {"place", text_or_null(request.place)},
                               {"screening", request.screening},
                               {"consent_version", text_or_null(request.consent_version)},
                               {"terms_accepted", request.terms_accepted},
                               {"client_key", hexadecimal(request.client_key)},
                               {"only_known", request.only_known},
                               {"spam", request.spam}};
    try {
        return json.dump();
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Invalid, "The booking contains text that is not UTF-8.", "22021");
    }
}

BookingOutcome outcome_of(const std::string &text) {
    if (text == "added") {
        return BookingOutcome::Added;
    }
    if (text == "conflict") {
        return BookingOutcome::Conflict;
    }
    if (text == "taken") {
        return BookingOutcome::Taken;
    }
    return text == "too_many" ? BookingOutcome::TooMany : BookingOutcome::AlreadyThere;
}

} // namespace

BookingAnswer BookingRequestStore::add(const NewBooking &request) {
    require_tenant_id(request.tenant_id);
    if (!is_uuid(request.idempotency_key)) {
        throw Error(ErrorKind::Invalid, "A booking needs a UUID as its idempotency key.");
    }
    if (!request.form_visit_id.empty() && !is_uuid(request.form_visit_id)) {
        throw Error(ErrorKind::Invalid, "A visit's id must be a UUID.");
    }
    const std::string text = request_text(request);
    // Repeatable, because the request has an idempotency key: sent twice, it is stored once.
    return m_session.impl().repeatable([&](pqxx::nontransaction &work) {
        const auto row = m_session.impl().prepared(work, add_booking, text).at(0);
        return BookingAnswer{outcome_of(row[0].c_str()), optional_text(row[1]).value_or(""),
                             row[2].as<int>()};
    });
}

} // namespace studio::db
