// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/link_pages.h"

#include "db/bookings/booking_link_store.h"
#include "db/connection/error.h"
#include "models/booking/calendar.h"
#include "models/booking/calendar_file.h"
#include "models/json/json_read.h"
#include "models/values/money.h"
#include "models/values/zoned_time.h"
#include "renderer/bookings/link_form.h"
#include "renderer/http/request_origin.h"
#include "renderer/support/worker_reply.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

namespace studio::renderer {

namespace {

using models::Json;

constexpr std::string_view request_prefix = "/request/", decide_prefix = "/decide/",
                           feed_prefix = "/calendar/";
constexpr std::string_view calendar_suffix = "/calendar.ics", feed_suffix = ".ics", decided = "done";
constexpr std::size_t client_token_size = 64, companion_token_size = 80;
constexpr std::size_t max_body_bytes = 64 * 1024;
constexpr std::array<std::string_view, 1> media_types{"application/x-www-form-urlencoded"};

bool is_hexadecimal(std::string_view token, std::size_t size) {
    return token.size() == size && token.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Letters, digits, "-" and "_".
bool is_secret(std::string_view text) {
    return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
    });
}

std::string local_time_of(const Json &view, const char *key, const std::string &zone) {
    const auto at = models::parse_rfc3339(models::text_member(view, key));
    return at ? models::format_local_time(*at, zone) : std::string();
}

// "Monday 23 November 2026, 20:00 AEDT to 22:00", with the day where it ends on another.
std::string when_of(const Json &view, const std::string &zone) {
    const auto start = models::parse_rfc3339(models::text_member(view, "start"));
    const auto end = models::parse_rfc3339(models::text_member(view, "end"));
    if (!start) {
        return {};
    }
    std::string text = models::format_local_time(*start, zone);
    if (end) {
        const auto from = models::local_time(*start, zone), to = models::local_time(*end, zone);
        const bool same_day = from.year == to.year && from.month == to.month && from.day == to.day;
        text +=
            " to " + (same_day ? models::form_value(to).substr(11) : models::format_local_time(*end, zone));
    }
    return text;
}

int whole_number(const Json &object, const char *key) {
    const Json *value = models::member(object, key);
    return value && value->is_number_integer() ? value->get<int>() : 0;
}

std::vector<site::Deposit> deposit_of(const Json &view, const std::string &zone) {
    const Json &deposit = models::object_member(view, "deposit");
    if (deposit.empty()) {
        return {};
    }
    const Json *minor = models::member(deposit, "minor");
    site::Deposit shown;
    shown.state = models::text_member(deposit, "state");
    shown.amount =
        minor && minor->is_number_integer()
            ? models::format_money({minor->get<std::int64_t>()}, models::text_member(view, "currency", "AUD"))
            : std::string();
    shown.due = local_time_of(deposit, "due_at", zone);
    shown.reference = models::text_member(deposit, "reference");
    shown.how_to_pay = models::prose_member(deposit, "how_to_pay");
    return {shown};
}

// The id with which the token begins, as a UUID.
std::string id_of(std::string_view token) {
    std::string id(token.substr(0, 32));
    for (const std::size_t at : {8, 13, 18, 23}) {
        id.insert(at, 1, '-');
    }
    return id;
}

std::string outcome_of(const Json &answer) {
    return models::text_member(answer, "outcome");
}

site::PageNotice problem(std::string text) {
    return {std::move(text), true};
}

constexpr const char *not_possible = "That is not possible any more. This is where it stands now.";
constexpr const char *link_ended_title = "This link has ended";
constexpr const char *link_ended = "It was mistyped, or what it led to is over. If you expected something "
                                   "here, please answer the email that it came in.";
constexpr const char *decided_title = "This link was used or has ended";
constexpr const char *decided_text = "The request was decided in the meantime, or the link is older than "
                                     "three days. Nothing was changed just now.";

// For a companion's link that was used, or before whose use somebody else decided.
std::string already_decided(std::string_view status) {
    const char *what = status == "accepted" || status == "confirmed" ? "the request is accepted"
                       : status == "declined"                        ? "the request is declined"
                       : status == "proposed"  ? "another time was proposed to the client"
                       : status == "waiting"   ? "the client was asked a question"
                       : status == "cancelled" ? "the booking is cancelled"
                       : status == "expired"   ? "the request has expired"
                       : status == "pending"   ? nullptr
                                               : "the booking is over";
    return what ? std::string("Already decided: ") + what + ". Nothing was changed just now."
                : "The request has changed since this email was sent, and waits for an answer again: please "
                  "use the link of the latest email, or the studio.";
}

} // namespace

// What is copied from a request, because its buffers are reused before the answer is made.
struct LinkPages::Asked {
    std::shared_ptr<const TenantSite> site; // null on the host that names no companion
    std::string path, query, body;
    bool posts = false, head_only = false;

    models::TenantId tenant() const { return site ? site->id() : models::TenantId(); }
    LinkForm form() const { return LinkForm(body); }
};

LinkPages::LinkPages(Parts parts)
    : m_context(parts.context), m_log(parts.log), m_sessions(parts.sessions), m_clock(std::move(parts.clock)),
      m_workers("links", parts.threads, parts.max_waiting, parts.log) {}

bool LinkPages::has(std::string_view path) {
    return is_personal(path) || (path.starts_with(feed_prefix) && path.ends_with(feed_suffix));
}

bool LinkPages::takes_post(std::string_view path) {
    return is_personal(path);
}

bool LinkPages::is_personal(std::string_view path) {
    return path.starts_with(request_prefix) || path.starts_with(decide_prefix);
}

http::BodyRules LinkPages::body_rules() {
    return {max_body_bytes, media_types};
}

http::Reply LinkPages::reply(const http::Request &request, const TenantSite &site) {
    auto asked = std::make_shared<Asked>();
    asked->site = std::static_pointer_cast<const TenantSite>(site.shared_from_this());
    return later(request, std::move(asked));
}

http::Reply LinkPages::reply(const http::Request &request) {
    return later(request, std::make_shared<Asked>());
}

http::Reply LinkPages::later(const http::Request &request, std::shared_ptr<Asked> asked) {
    asked->path = request.path;
    asked->query = request.query;
    asked->body = request.body;
    asked->posts = request.method == http::Method::Post;
    asked->head_only = request.head_only();
    if (asked->posts && !http::is_same_origin(request)) {
        return http::plain_reply(Route::Booking, 403,
                                 "This answer came from another site. Please use the form on this one.",
                                 false, {{"Cache-Control", no_cache}});
    }
    return reply_by_worker(
        m_workers, {m_log, "link_not_answered", asked->tenant(), [this, asked] { return answer(*asked); },
                    [asked] {
                        return http::plain_reply(
                            Route::Booking, 503,
                            "This cannot be shown or saved right now. Please go back and try again in a "
                            "minute: nothing you typed is lost.",
                            asked->head_only, {{"Retry-After", "10"}, {"Cache-Control", no_cache}});
                    }});
}

http::Reply LinkPages::answer(const Asked &asked) {
    std::string_view path = asked.path;
    if (path.starts_with(feed_prefix)) {
        path.remove_prefix(feed_prefix.size());
        path.remove_suffix(feed_suffix.size());
        return feed(asked, path);
    }
    if (path.starts_with(decide_prefix)) {
        path.remove_prefix(decide_prefix.size());
        if (path == decided) {
            return notice(asked, 200, "Thank you",
                          "Your decision is saved. A client who gave an email address is told by email.");
        }
        return !is_hexadecimal(path, companion_token_size) ? notice(asked, 404, link_ended_title, link_ended)
               : asked.posts                               ? decision_step(asked, path)
                                                           : decision_page(asked, path);
    }
    path.remove_prefix(request_prefix.size());
    const bool wants_calendar = path.ends_with(calendar_suffix) && !asked.posts;
    if (wants_calendar) {
        path.remove_suffix(calendar_suffix.size());
    }
    if (!is_hexadecimal(path, client_token_size)) {
        return notice(asked, 404, link_ended_title, link_ended);
    }
    if (wants_calendar) {
        return request_calendar(asked, path);
    }
    if (asked.posts) {
        return request_step(asked, path);
    }
    return request_page(asked, path,
                        asked.query == "done"
                            ? site::PageNotice{"Thank you, that is saved. This is where it stands now."}
                            : site::PageNotice{});
}

http::Reply LinkPages::request_page(const Asked &asked, std::string_view token, site::PageNotice notice_shown,
                                    const std::string &typed, int status) {
    const Json view = client_view(asked, token);
    if (!view.is_object()) {
        return notice(asked, 404, link_ended_title, link_ended);
    }
    const std::string zone = models::text_member(view, "time_zone", models::Calendar().home_zone);
    site::RequestPage shown;
    shown.address = std::string(request_prefix) + std::string(token);
    shown.status = models::text_member(view, "status");
    shown.version = whole_number(view, "version");
    shown.when = when_of(view, zone);
    shown.service = models::text_member(view, "service");
    shown.place_kind = models::text_member(view, "place_kind");
    shown.place = models::text_member(view, "place");
    shown.question = models::text_member(view, "question");
    shown.message = models::text_member(view, "message");
    shown.answer_by = local_time_of(view, "answer_by", zone);
    shown.deposit = deposit_of(view, zone);
    shown.move_asked = models::bool_member(view, "move_asked", false);
    const auto start = models::parse_rfc3339(models::text_member(view, "start"));
    shown.is_over = start && *start < m_clock();
    shown.notice = std::move(notice_shown);
    shown.typed = typed;
    return page(asked, status, site::render_request_page(shown));
}

http::Reply LinkPages::request_step(const Asked &asked, std::string_view token) {
    const LinkForm form = asked.form();
    const std::string &action = form.value("action");
    const std::string message = form.words();
    if (const std::string wrong = LinkForm::wrong_with(message); !wrong.empty()) {
        return request_page(asked, token, problem(wrong), message, 422);
    }
    if (!LinkForm::is_for_client(action)) {
        return request_page(asked, token, problem(not_possible), message, 409);
    }
    const Json answer = m_sessions.write([&](db::Session &session) {
        return db::BookingLinkStore(session, asked.tenant())
            .client_act(std::string(token), action, form.version(), message);
    });
    const std::string outcome = outcome_of(answer);
    if (outcome == "done") {
        const std::string location = std::string(request_prefix) + std::string(token) + "?done";
        return http::make_reply(
            Route::Booking, 303,
            {{"Location", location}, {"Cache-Control", no_cache}, {"Referrer-Policy", "no-referrer"}}, {},
            false);
    }
    if (outcome == "words_needed") {
        return request_page(asked, token, problem("Please write a few words first."), message, 422);
    }
    if (outcome == "overlap" || outcome == "blocked") { // clients are not told which
        return request_page(asked, token,
                            problem("That time cannot be had any more, so nothing was changed. You will hear "
                                    "from us, or say no below and ask for another."),
                            message, 409);
    }
    if (outcome == "busy") {
        return request_page(asked, token,
                            problem("Somebody is working on your request right now, so your answer was not "
                                    "taken. Nothing you typed is lost: please send it again in a minute."),
                            message, 409);
    }
    if (outcome == "changed") {
        return request_page(
            asked, token,
            problem("Something changed since you opened this page, so your answer was not taken. This "
                    "is where it stands now."),
            message, 409);
    }
    return request_page(asked, token, problem(not_possible), message, 409);
}

Json LinkPages::client_view(const Asked &asked, std::string_view token) {
    return m_sessions.read([&](db::Session &session) {
        return db::BookingLinkStore(session, asked.tenant()).client_view(std::string(token));
    });
}

// The calendar file for a person whose calendar program does not read emails: the same event with the same
// UID.
http::Reply LinkPages::request_calendar(const Asked &asked, std::string_view token) {
    const Json view = client_view(asked, token);
    const std::string status = models::text_member(view, "status");
    const auto start = models::parse_rfc3339(models::text_member(view, "start"));
    const auto end = models::parse_rfc3339(models::text_member(view, "end"));
    if (!view.is_object() || !start || !end || (status != "accepted" && status != "confirmed")) {
        return notice(asked, 404, link_ended_title, link_ended);
    }
    models::CalendarEvent event;
    event.uid = id_of(token);
    event.sequence = whole_number(view, "calendar_sequence");
    event.start = *start;
    event.end = *end;
    event.summary = "Appointment";
    return calendar_file(asked, models::write_feed({"", {event}, m_clock()}));
}

Json LinkPages::companion_view(const Asked &asked, std::string_view token) {
    return m_sessions.read([&](db::Session &session) {
        return db::BookingLinkStore(session, asked.tenant()).companion_view(std::string(token));
    });
}

http::Reply LinkPages::decision_page(const Asked &asked, std::string_view token, site::DecisionPage filled,
                                     int status) {
    const Json view = companion_view(asked, token);
    if (!view.is_object()) {
        return notice(asked, 404, decided_title, decided_text);
    }
    if (const std::string decided = models::text_member(view, "decided"); !decided.empty()) {
        return notice(asked, 404, "Already decided", already_decided(decided));
    }
    const std::string zone = models::text_member(view, "home_zone", models::Calendar().home_zone);
    filled.address = std::string(decide_prefix) + std::string(token);
    filled.status = models::text_member(view, "status");
    for (const char *choice : {"accept", "decline", "propose", "move"}) {
        if (asked.query == std::string("do=") + choice) {
            filled.chosen = choice;
        }
    }
    filled.name = models::text_member(view, "name");
    filled.email = models::text_member(view, "email");
    filled.phone = models::text_member(view, "phone");
    filled.when = when_of(view, zone);
    filled.has_time = !filled.when.empty();
    filled.service = models::text_member(view, "service");
    filled.place_kind = models::text_member(view, "place_kind");
    filled.place = models::text_member(view, "place");
    filled.message = models::text_member(view, "message");
    filled.zone_place = models::place_of_zone(zone);
    return page(asked, status, site::render_decision_page(filled));
}

http::Reply LinkPages::decision_step(const Asked &asked, std::string_view token) {
    const LinkForm form = asked.form();
    const std::string &action = form.value("action");
    site::DecisionPage filled;
    filled.chosen = action;
    filled.typed_message = form.words();
    filled.typed_reason = form.value("reason_code");
    filled.typed_start = form.value("start");
    Json details{{"message", filled.typed_message}};
    std::string wrong = LinkForm::is_for_companion(action) ? LinkForm::wrong_with(filled.typed_message)
                                                           : "Please choose one of the answers below.";
    if (!wrong.empty()) {
        filled.notice = problem(std::move(wrong));
        return decision_page(asked, token, std::move(filled), 422);
    }
    if (action == "decline") {
        details["reason_code"] = filled.typed_reason.empty() ? "other" : filled.typed_reason;
    }
    if (action == "propose" || action == "move") {
        models::Time start{};
        const std::string zone =
            models::text_member(companion_view(asked, token), "home_zone", models::Calendar().home_zone);
        wrong = form.read_start(zone, m_clock(), start);
        if (!wrong.empty()) {
            filled.notice = problem(std::move(wrong));
            return decision_page(asked, token, std::move(filled), 422);
        }
        details["start_us"] = base::to_microseconds(start);
    }
    Json answer;
    try {
        answer = m_sessions.write([&](db::Session &session) {
            return db::BookingLinkStore(session, asked.tenant())
                .companion_act(std::string(token), action, details);
        });
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Invalid) {
            throw;
        }
        filled.notice = problem("That could not be saved. Please check what you entered.");
        return decision_page(asked, token, std::move(filled), 422);
    }
    const std::string outcome = outcome_of(answer);
    if (outcome == "done") {
        return http::make_reply(
            Route::Booking, 303,
            {{"Location", "/decide/done"}, {"Cache-Control", no_cache}, {"Referrer-Policy", "no-referrer"}},
            {}, false);
    }
    filled.notice =
        problem(outcome == "overlap" ? "Another booking has this time already. You can choose another time."
                : outcome == "blocked"
                    ? "This time is blocked in your calendar. Choose another time, or free it in the studio "
                      "first."
                    : "That is not possible in the state that the request is in now.");
    return decision_page(asked, token, std::move(filled), 409);
}

http::Reply LinkPages::feed(const Asked &asked, std::string_view secret) {
    const Json found = is_secret(secret) ? m_sessions.read([&](db::Session &session) {
        return db::BookingLinkStore(session, asked.site->id()).feed(std::string(secret));
    })
                                         : Json();
    if (!found.is_object()) {
        return http::plain_reply(Route::Booking, 404, "There is no calendar at this address.",
                                 asked.head_only, {{"Cache-Control", no_cache}});
    }
    const bool neutral = models::text_member(found, "titles") == "neutral";
    models::CalendarFeed feed;
    feed.written_at = m_clock();
    for (const Json &busy : models::list_member(found, "busy")) {
        models::CalendarEvent event;
        event.uid = models::text_member(busy, "id");
        event.start = base::from_microseconds(busy.value("start_us", std::int64_t{0}));
        event.end = base::from_microseconds(busy.value("end_us", std::int64_t{0}));
        if (neutral) {
            event.summary = models::bool_member(busy, "booked", false) ? "Appointment" : "Not available";
        }
        feed.events.push_back(std::move(event));
    }
    return calendar_file(asked, models::write_feed(feed));
}

http::Reply LinkPages::page(const Asked &asked, int status, site::RenderedPage rendered) const {
    CachedResponse::Content content = m_context.html(status, std::move(rendered), no_cache);
    content.compress = false;
    content.fields.emplace_back("X-Robots-Tag", "noindex, nofollow");
    for (auto &[name, value] : content.fields) {
        if (name == "Referrer-Policy") {
            value = "no-referrer";
        }
    }
    http::Request request;
    request.method = asked.head_only ? http::Method::Head : http::Method::Get;
    const auto response = std::make_shared<const CachedResponse>(std::move(content));
    http::Reply reply = response->reply(request, Route::Booking, nullptr);
    reply.owner = response;
    return reply;
}

http::Reply LinkPages::notice(const Asked &asked, int status, const std::string &title,
                              const std::string &text) const {
    return page(asked, status, site::render_link_notice(title, text));
}

http::Reply LinkPages::calendar_file(const Asked &asked, std::string text) const {
    return http::make_reply(Route::Booking, 200,
                            {{"Content-Type", "text/calendar; charset=utf-8"},
                             {"Cache-Control", no_cache},
                             {"X-Content-Type-Options", "nosniff"},
                             {"X-Robots-Tag", "noindex, nofollow"},
                             {"Content-Disposition", "attachment; filename=\"appointment.ics\""}},
                            std::move(text), asked.head_only);
}

} // namespace studio::renderer
