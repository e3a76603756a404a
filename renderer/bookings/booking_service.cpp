// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/booking_service.h"

#include "db/connection/error.h"
#include "models/booking/free_times.h"
#include "models/booking/service_duration.h"
#include "models/booking/wall_clock.h"
#include "models/json/json.h"
#include "models/values/zoned_time.h"
#include "renderer/http/request_origin.h"
#include "renderer/support/worker_reply.h"
#include "renderer/visitors/uuid.h"
#include "site/booking_form.h"
#include "site/pages/booking_page.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace studio::renderer {

namespace {

constexpr std::array<std::string_view, 2> media_types{"application/x-www-form-urlencoded",
                                                      "application/json"};
constexpr std::size_t max_body_bytes = 64 * 1024;
constexpr int retry_after_outage_s = 10;

models::Json error_list(const models::FieldMessages &errors) {
    models::Json list = models::Json::array();
    for (const models::FieldMessage &error : errors) {
        models::Json entry{{"field", error.field}, {"message", error.message}};
        if (!error.code.empty()) {
            entry["code"] = error.code;
        }
        list.push_back(std::move(entry));
    }
    return {{"errors", list}};
}

http::Reply page_reply(const SiteContext &context, int status, site::RenderedPage page, int retry_after_s,
                       bool head_only) {
    CachedResponse::Content content = context.html(status, std::move(page), no_cache);
    content.compress = false;
    content.fields.emplace_back("X-Robots-Tag", "noindex");
    if (retry_after_s > 0) {
        content.fields.emplace_back("Retry-After", std::to_string(retry_after_s));
    }
    http::Request request;
    request.method = head_only ? http::Method::Head : http::Method::Get;
    const auto response = std::make_shared<const CachedResponse>(std::move(content));
    http::Reply reply = response->reply(request, Route::Booking, nullptr);
    reply.owner = response;
    return reply;
}

std::string waiting_label(int status, int retry_after_s) {
    if (status == 503) {
        return "Your request could not be saved right now. Nothing you typed is lost: please send it again "
               "in "
               "a minute.";
    }
    const int minutes = std::max(1, (retry_after_s + 59) / 60);
    const std::string time = minutes == 1    ? "a minute"
                             : minutes == 60 ? "an hour"
                                             : std::to_string(minutes) + " minutes";
    return "There were several requests within the hour. Nothing you typed is lost: please send it again "
           "in " +
           time + '.';
}

std::string sha256_of(std::string_view text) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest);
    std::string hexadecimal;
    for (const unsigned char byte : digest) {
        hexadecimal += fmt::format("{:02x}", byte);
    }
    return hexadecimal;
}

bool is_sent(const models::BookingSubmission &submission, std::string_view field) {
    return std::any_of(submission.values.begin(), submission.values.end(),
                       [&](const auto &value) { return value.first == field; });
}

// What the companion's form asks of a visitor who chose this service. A program that sends JSON may leave out
// the place and the consent: it has shown no form with boxes to tick, and then no consent is stored.
models::BookingQuestions questions_of(const TenantSite &site, const models::BookingSubmission &submission,
                                      bool is_json, models::Time now) {
    models::BookingQuestions questions;
    questions.screening = site.page_data().content.screening_fields;
    const models::Calendar &calendar = site.page_data().calendar;
    const auto &availability = calendar.availability;
    questions.consent_needed = !is_json || is_sent(submission, "consent");
    questions.hours_decide = availability.has_value();
    if (!availability) {
        return questions;
    }
    const std::string service = BookingTimes::id_of_service(site, submission.value("service_type"));
    const auto places = models::places_of_service(*availability, service, calendar.tours,
                                                  models::WallClock(calendar.home_zone).local(now).day);
    // With a single kind of place the page's form does not ask, and its script sends no such field.
    if (!is_json || is_sent(submission, "place_kind") || places.size() == 1) {
        for (const models::ServicePlace place : places) {
            questions.places.emplace_back(models::to_string(place));
        }
    }
    return questions;
}

// Whether the place is one of these. Where nobody chose one and there is but one, it is that.
bool fits(std::string &place_kind, const models::ServicePlaces &places) {
    if (place_kind.empty() && places.size() == 1) {
        place_kind = models::to_string(places.front());
    }
    return place_kind.empty() || std::any_of(places.begin(), places.end(), [&](models::ServicePlace place) {
               return models::to_string(place) == place_kind;
           });
}

std::shared_ptr<const TenantSite> held(const TenantSite &site) {
    return std::static_pointer_cast<const TenantSite>(site.shared_from_this());
}

std::string_view address_part(const IpAddress &address) {
    // A client with an IPv6 address usually has the whole /64.
    return {reinterpret_cast<const char *>(address.bytes().data()), address.is_v4() ? 16u : 8u};
}

// The answer where not even the form can be shown again.
http::Reply busy() {
    return http::plain_reply(Route::Booking, 503,
                             "The site is very busy. Please go back and send your request again in a minute.",
                             false, {{"Retry-After", "10"}, {"Cache-Control", no_cache}});
}

} // namespace

// What is copied from a request, because its buffers are reused before the answer is made.
struct BookingService::Submitted {
    std::shared_ptr<const TenantSite> site;
    std::string body;
    bool is_json = false;
    IpAddress client;
    db::TrackedSession sender;
};

BookingService::BookingService(Parts parts)
    : m_context(parts.context), m_log(parts.log), m_json(parts.context), m_times(parts.times),
      m_tokens(parts.secret), m_client_key(parts.secret, "booking client"),
      m_derived_key(parts.secret, "booking without key"), m_add(std::move(parts.add)),
      m_wait_to_store_s(std::move(parts.wait_to_store_s)), m_was_not_stored(std::move(parts.was_not_stored)),
      m_open_visit(std::move(parts.open_visit)), m_clock(std::move(parts.clock)),
      m_workers("bookings", parts.threads, parts.max_waiting, parts.log) {}

http::BodyRules BookingService::body_rules() {
    return {max_body_bytes, media_types};
}

http::Reply BookingService::json_reply(int status, const models::Json &body, int retry_after_s) const {
    const std::string wait = retry_after_s > 0 ? std::to_string(retry_after_s) : std::string();
    return m_json.reply(Route::Booking, status, body, {{"Retry-After", wait}});
}

http::Reply BookingService::post(const http::Request &request, const TenantSite &site,
                                 db::TrackedSession sender) {
    const bool is_json = http::is_media_type(request.content_type, "application/json");
    if (!http::is_same_origin(request)) {
        constexpr const char *words = "This request came from another site. Please use the form on this one.";
        return is_json ? json_reply(403, error_list({{"", words, "other_site"}}))
                       : http::plain_reply(Route::Booking, 403, words, false, {{"Cache-Control", no_cache}});
    }
    auto submitted = std::make_shared<Submitted>();
    submitted->site = held(site);
    submitted->body = request.body;
    submitted->is_json = is_json;
    submitted->client = request.client_address;
    submitted->sender = std::move(sender);
    return reply_by_worker(m_workers, {m_log, "booking_not_answered", site.id(),
                                       [this, submitted] { return answer(*submitted); }, busy});
}

http::Reply BookingService::answer(const Submitted &submitted) const {
    models::BookingSubmission submission;
    try {
        if (submitted.is_json) {
            models::BookingJson json = models::read_booking_json(submitted.body);
            if (!json.errors.empty()) {
                return json_reply(422, error_list(json.errors));
            }
            submission = std::move(json.submission);
        } else {
            submission = models::read_booking_form(submitted.body);
        }
        const TenantSite &site = *submitted.site;
        models::CheckedBooking checked =
            models::check_booking(submission, site.page_data().content.location.timezone, m_clock(),
                                  questions_of(site, submission, submitted.is_json, m_clock()));
        const auto state = m_tokens.check(submitted.site->id(), submission.token, m_clock());
        if (state == FormTokens::State::Expired) {
            checked.errors.push_back(
                {"token", "This form was open for too long. Nothing you typed is lost: please send it again.",
                 "form_expired"});
        } else if (state == FormTokens::State::Foreign) {
            checked.errors.push_back(
                {"token",
                 "This form could not be recognised. Nothing you typed is lost: please send it again.",
                 "form_unknown"});
        }
        if (!checked.errors.empty()) {
            return refused(submitted, submission, std::move(checked.errors));
        }
        db::NewBooking booking = row(submitted, submission, checked, state == FormTokens::State::TooFast);
        if (BookingTimes::limits_times(site)) {
            const models::LocalTimeCheck time =
                m_times.take(site, submission.value("service_type"), checked.details.local_start, booking);
            const bool is_open =
                time.check == models::TimeCheck::Free || time.check == models::TimeCheck::Taken;
            const bool is_there = fits(booking.place_kind, time.places);
            if (!is_open || !is_there) {
                booking.only_known = true; // stored while it was possible, and sent again
                const db::BookingAnswer earlier = m_add(booking);
                if (earlier.outcome == db::BookingOutcome::AlreadyThere) {
                    return sent(submitted, earlier);
                }
            }
            if (!is_open) {
                return not_free(submitted, submission, time.check, booking);
            }
            if (!is_there) {
                return refused(
                    submitted, submission,
                    {{"place_kind", "This is not possible at the time that you chose. Please choose "
                                    "another place or another time."}});
            }
        }
        return store(submitted, submission, booking);
    } catch (const std::exception &error) {
        m_log.error("booking_not_answered", {{"tenant", submitted.site->id()}, {"reason", error.what()}});
        return postponed(submitted, submission, 503, retry_after_outage_s);
    }
}

http::Reply BookingService::store(const Submitted &submitted, const models::BookingSubmission &submission,
                                  const db::NewBooking &booking) const {
    if (const int wait = m_wait_to_store_s(*submitted.site); wait > 0) {
        return postponed(submitted, submission, 429, wait);
    }
    db::BookingAnswer stored;
    try {
        stored = m_add(booking);
    } catch (const db::Error &error) {
        m_was_not_stored(*submitted.site);
        m_log.warning("booking_not_stored", {{"tenant", submitted.site->id()},
                                             {"kind", db::to_string(error.kind())},
                                             {"sqlstate", error.sqlstate()}});
        if (error.kind() == db::ErrorKind::Invalid) { // sending the request again would not help
            return refused(submitted, submission,
                           {{"", "Your request contains something that cannot be saved. Nothing you typed is "
                                 "lost: please check it and send it again."}});
        }
        return postponed(submitted, submission, 503, retry_after_outage_s);
    }
    if (stored.outcome != db::BookingOutcome::Added) {
        m_was_not_stored(*submitted.site);
    }
    if (stored.outcome == db::BookingOutcome::Conflict) {
        return already_arrived(submitted, submission);
    }
    if (stored.outcome == db::BookingOutcome::Taken) {
        return not_free(submitted, submission, models::TimeCheck::Taken, booking);
    }
    if (stored.outcome == db::BookingOutcome::TooMany) {
        return postponed(submitted, submission, 429, std::max(1, stored.retry_after_s));
    }
    return sent(submitted, stored);
}

http::Reply BookingService::sent(const Submitted &submitted, const db::BookingAnswer &stored) const {
    if (submitted.is_json) {
        return json_reply(201, {{"id", stored.booking_id}});
    }
    return http::make_reply(Route::Booking, 303, {{"Location", "/book/sent"}, {"Cache-Control", no_cache}},
                            {}, false);
}

db::NewBooking BookingService::row(const Submitted &submitted, const models::BookingSubmission &submission,
                                   const models::CheckedBooking &checked, bool too_fast) const {
    db::NewBooking row;
    const models::BookingRequest &booking = checked.request;
    static_cast<models::BookingRequest &>(row) = booking;
    row.place_kind = checked.details.place_kind;
    row.place = checked.details.place;
    for (const auto &[id, answer] : checked.details.screening) {
        row.screening[id] = answer;
    }
    if (checked.details.consent) {
        row.consent_version = sha256_of(models::booking_consent_text());
    }
    row.tenant_id = submitted.site->id();
    if (const auto visit = m_tokens.visit(row.tenant_id, submission.token)) {
        row.form_visit_id = models::SessionId(visit->text());
    }
    row.session = submitted.sender;
    // Only a service that the site offers: free text of the visitor would stay in the figures.
    row.service_type = submitted.site->known_values().service(booking.service_type);
    const models::Content &content = submitted.site->page_data().content;
    row.time_zone = content.location.timezone;
    if (const auto length = models::duration_of_service(content, row.service_type);
        length && row.preferred && !row.preferred_end) {
        row.end = *row.preferred + *length;
    }
    row.terms_accepted = true; // without agreement the request is refused
    row.spam = too_fast || !submission.website.empty();
    const auto client = m_client_key.sign({address_part(submitted.client)});
    row.client_key.assign(client.data(), client.size());
    if (const auto key = Uuid::parse(submission.idempotency_key)) {
        row.idempotency_key = key->text();
    } else {
        // A request without a key gets one derived from its content, so that the same request sent twice
        // counts once.
        const auto derived = m_derived_key.sign(
            {row.tenant_id.text(), row.client_key, submission.idempotency_key, "\n", submitted.body});
        row.idempotency_key = Uuid::of_hash({derived.data(), derived.size()}).text();
    }
    return row;
}

http::Reply BookingService::not_free(const Submitted &submitted, const models::BookingSubmission &submission,
                                     models::TimeCheck check, const db::NewBooking &row) const {
    const TenantSite &site = *submitted.site;
    const auto times = m_times.nearest(site, submission.value("service_type"), row);
    // Whether a time is booked or closed is not told to visitors.
    const bool told = check == models::TimeCheck::TooSoon || check == models::TimeCheck::TooFar ||
                      check == models::TimeCheck::ClockSkipped;
    const std::string words =
        told ? std::string(models::explain(check)) : "This time cannot be taken. Please choose another one.";
    if (submitted.is_json) {
        models::Json body = error_list({{"preferred_date", words}});
        body["times"] = BookingTimes::to_json(times, site.page_data().calendar.home_zone);
        return json_reply(409, body);
    }
    site::BookingForm form = form_again(submitted, submission);
    form.errors.emplace_back("preferred_date", words);
    BookingTimes::add(times, form);
    form.later = "/book";
    return form_page(submitted, 409, form);
}

http::Reply BookingService::refused(const Submitted &submitted, const models::BookingSubmission &submission,
                                    models::FieldMessages errors) const {
    if (submitted.is_json) {
        return json_reply(422, error_list(errors));
    }
    for (models::FieldMessage &error : errors) {
        if (error.field == "token") {
            error.field.clear(); // a field that no person sees
        }
    }
    site::BookingForm form = form_again(submitted, submission);
    m_times.offer(*submitted.site, submission.value("service_type"),
                  submission.value("preferred_date").substr(0, 10), form);
    for (const models::FieldMessage &error : errors) {
        form.errors.emplace_back(error.field, error.message);
    }
    return form_page(submitted, 422, form);
}

http::Reply BookingService::postponed(const Submitted &submitted, const models::BookingSubmission &submission,
                                      int status, int retry_after_s) const {
    if (submitted.is_json) {
        return json_reply(status, error_list({{"", waiting_label(status, retry_after_s)}}), retry_after_s);
    }
    site::BookingForm form = form_again(submitted, submission);
    form.errors.emplace_back("", waiting_label(status, retry_after_s));
    m_times.offer(*submitted.site, submission.value("service_type"),
                  submission.value("preferred_date").substr(0, 10), form);
    return form_page(submitted, status, form, retry_after_s);
}

http::Reply BookingService::already_arrived(const Submitted &submitted,
                                            const models::BookingSubmission &submission) const {
    constexpr const char *words =
        "An earlier version of this request has already arrived. If that was you and nothing has changed, "
        "you are done. To send this version as a second request, send the form again.";
    if (submitted.is_json) {
        return json_reply(409, error_list({{"", words}}));
    }
    site::BookingForm form = form_again(submitted, submission);
    form.idempotency_key = Uuid::random().text();
    form.errors.emplace_back("", words);
    return form_page(submitted, 409, form);
}

std::string BookingService::token_to_send_again(const Submitted &submitted,
                                                const models::BookingSubmission &submission) const {
    const models::TenantId &tenant = submitted.site->id();
    const bool sound = m_tokens.check(tenant, submission.token, m_clock()) == FormTokens::State::Sound;
    return sound ? submission.token
                 : m_tokens.issue_filled(tenant, m_clock(),
                                         m_tokens.visit(tenant, submission.token).value_or(Uuid{}));
}

site::BookingForm BookingService::form_again(const Submitted &submitted,
                                             const models::BookingSubmission &submission) const {
    site::BookingForm form = empty_form(*submitted.site, {});
    form.token = token_to_send_again(submitted, submission);
    if (const auto key = Uuid::parse(submission.idempotency_key)) {
        form.idempotency_key = key->text();
    }
    form.values = submission.values;
    return form;
}

Uuid BookingService::visit_of(const db::TrackedSession &sender) const {
    return Uuid::parse(m_open_visit(sender).text()).value_or(Uuid{});
}

site::BookingForm BookingService::empty_form(const TenantSite &tenant, const Uuid &visit) const {
    const std::string &zone = tenant.page_data().content.location.timezone;
    const base::Time now = m_clock();
    site::BookingForm form;
    form.token = m_tokens.issue(tenant.id(), m_clock(), visit);
    form.idempotency_key = Uuid::random().text();
    form.earliest = models::form_value(models::local_time(now, zone));
    form.latest = models::form_value(models::local_time(now + models::max_days_ahead, zone));
    return form;
}

http::Reply BookingService::form_page(const Submitted &submitted, int status, const site::BookingForm &form,
                                      int retry_after_s) const {
    return page_reply(
        submitted.site->context(), status,
        site::render_booking_page(submitted.site->context().settings, submitted.site->page_data(), form),
        retry_after_s, false);
}

http::Reply BookingService::book_page(const http::Request &request, const TenantSite &site,
                                      db::TrackedSession sender) {
    const bool head_only = request.head_only();
    return reply_by_worker(
        m_workers,
        {m_log, "page_not_rendered", site.id(),
         [this, tenant = held(site), sender = std::move(sender), query = std::string(request.query),
          head_only] {
             site::BookingForm form = empty_form(*tenant, visit_of(sender));
             m_times.offer_of_query(*tenant, query, form);
             return page_reply(
                 tenant->context(), 200,
                 site::render_booking_page(tenant->context().settings, tenant->page_data(), form), 0,
                 head_only);
         },
         [head_only] {
             return http::plain_reply(Route::Booking, 503,
                                      "The form cannot be shown right now. Please try again in a minute.",
                                      head_only, {{"Retry-After", "10"}, {"Cache-Control", no_cache}});
         }});
}

http::Reply BookingService::form_token(const http::Request &request, const TenantSite &site,
                                       db::TrackedSession sender) {
    return reply_by_worker(
        m_workers, {m_log, "page_not_rendered", site.id(),
                    [this, tenant = site.id(), sender = std::move(sender), head_only = request.head_only()] {
                        const std::string token = m_tokens.issue(tenant, m_clock(), visit_of(sender));
                        return m_json.reply(Route::Booking, 200, {{"token", token}}, {}, head_only);
                    },
                    busy});
}

} // namespace studio::renderer
