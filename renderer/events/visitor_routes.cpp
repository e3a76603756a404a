// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/visitor_routes.h"

#include "renderer/events/consent_decision.h"
#include "renderer/http/request_origin.h"
#include "site/pages/privacy_page.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace studio::renderer {

namespace {

constexpr std::string_view events_path = "/api/events", consent_path = "/api/consent",
                           forget_path = "/privacy/forget", held_path = "/privacy/held";
constexpr std::string_view json_type = "application/json", text_type = "text/plain",
                           form_type = "application/x-www-form-urlencoded";
// sendBeacon() sends the body as text/plain, for which browsers need no preflight request.
constexpr std::array event_types_of_body{json_type, text_type};
constexpr std::array decision_types_of_body{json_type, form_type, text_type};
constexpr std::size_t max_event_bytes = 64 * 1024, max_decision_bytes = 64 * 1024;
constexpr std::size_t max_waiting = 256;
constexpr std::string_view set_cookie = "Set-Cookie";
constexpr std::chrono::minutes max_head_start{30};

using Json = nlohmann::ordered_json;

// Adds how the visitor arrived. Without consent only tags that many links carry are kept, and of the
// referring site only whether it is a well-known one.
void add_arrival(db::TrackedSession &visit, Arrival &&arrival) {
    if (!visit.consented) {
        visit.utm_source = shared_source(arrival.utm_source, arrival.referrer);
        visit.utm_medium = shared_tag(arrival.utm_medium);
        visit.utm_campaign = shared_tag(arrival.utm_campaign);
        return;
    }
    visit.referrer = std::move(arrival.referrer);
    visit.utm_source = std::move(arrival.utm_source);
    visit.utm_medium = std::move(arrival.utm_medium);
    visit.utm_campaign = std::move(arrival.utm_campaign);
    visit.utm_term = std::move(arrival.utm_term);
    visit.utm_content = std::move(arrival.utm_content);
}

// The time as "2026-11-23T08:00:00Z".
std::string written(base::Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const auto rest = std::chrono::duration_cast<std::chrono::seconds>(time - day).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / 3600,
                       rest / 60 % 60, rest % 60);
}

std::optional<ConsentDecision> decision_of(const http::Request &request) {
    return http::is_media_type(request.content_type, form_type) ? ConsentDecision::of_form(request.body)
                                                                : ConsentDecision::of_json(request.body);
}

} // namespace

VisitorRoutes::VisitorRoutes(Parts parts)
    : m_context(parts.context), m_log(parts.log), m_resolver(parts.resolver), m_agents(parts.agents),
      m_events(parts.events), m_json(parts.context), m_session(std::move(parts.database_url)),
      m_privacy("privacy requests", 1, max_waiting, parts.log) {}

http::Reply VisitorRoutes::refusal(Route route, int status, std::string_view why) const {
    return m_json.reply(route, status, {{"error", why}});
}

http::Reply VisitorRoutes::unavailable(Route route) const {
    return m_json.reply(route, 503, {{"error", "This could not be saved. Please send it again."}},
                        {{"Retry-After", "5"}});
}

std::string_view VisitorRoutes::allowed(std::string_view path) {
    if (path == events_path || path == consent_path || path == forget_path) {
        return "POST";
    }
    return path == held_path ? "GET" : "";
}

http::BodyRules VisitorRoutes::body_rules(std::string_view path) {
    if (path == events_path) {
        return {max_event_bytes, event_types_of_body};
    }
    if (path == consent_path || path == forget_path) {
        return {max_decision_bytes, decision_types_of_body};
    }
    return {};
}

bool VisitorRoutes::begins_visit(const http::Request &request, const TenantSite &site) const {
    if (!http::is_same_origin(request)) {
        return false;
    }
    const auto decision = decision_of(request);
    if (!decision || !decision->accepted) {
        return false;
    }
    const Visitor visitor = m_resolver.visitor(request, site.uuid(), base::now());
    return !visitor.declines && !visitor.cookie;
}

http::Reply VisitorRoutes::reply(const http::Request &request, const TenantSite &site) {
    if (request.path == held_path) {
        return visitor_data(request, site);
    }
    const Route route = request.path == events_path    ? Route::Events
                        : request.path == consent_path ? Route::Consent
                                                       : Route::Forget;
    if (!http::is_same_origin(request)) {
        return refusal(route, 403, "Only this site's own pages may send this request.");
    }
    if (route == Route::Events) {
        return events(request, site);
    }
    return route == Route::Consent ? consent(request, site) : forget(request, site);
}

http::Reply VisitorRoutes::events(const http::Request &request, const TenantSite &site) {
    const base::Time now = base::now();
    auto read = read_event_batch(request.body, now, site.known_values(), request.referer);
    if (const auto *error = std::get_if<BatchError>(&read)) {
        return refusal(Route::Events, 400, error->message);
    }
    const Visitor visitor = m_resolver.visitor(request, site.uuid(), now);
    const auto key = m_resolver.visit_key(visitor, request, site.uuid());
    if (!key) {
        return unavailable(Route::Events);
    }
    db::TrackedBatch batch =
        tracked(std::get<EventBatch>(std::move(read)), visitor, *key, request, site, now);
    // The reply never sets the cookie: it may arrive after the reply to a later refusal or erasure, and would
    // restore the cookie.
    http::Reply reply;
    const KnownUserAgent agent = m_agents.find(m_agents.hash(request.user_agent));
    // The function is called once, so it may move values out of its captures.
    reply.later = [this, agent, text = agent ? std::string() : std::string(request.user_agent),
                   shared = std::make_shared<db::TrackedBatch>(std::move(batch))](
                      const http::Completion &completion) {
        if (agent) {
            return enqueue(std::move(*shared), agent, completion);
        }
        const bool waits = m_agents.look_at(text, [this, shared, completion](const KnownUserAgent &found) {
            enqueue(std::move(*shared), found, completion);
        });
        if (!waits) {
            completion(unavailable(Route::Events));
        }
    };
    return reply;
}

db::TrackedBatch VisitorRoutes::tracked(EventBatch &&batch, const Visitor &visitor, const Uuid &key,
                                        const http::Request &request, const TenantSite &site,
                                        base::Time now) const {
    base::Time started = now;
    for (const ReportedEvent &event : batch.events) {
        started = std::min(started, std::max<base::Time>(event.at, now - max_head_start));
    }
    db::TrackedBatch rows;
    rows.sessions.push_back(m_resolver.record(visitor, key, site.id(), request, started));
    db::TrackedSession &visit = rows.sessions.front();
    if (batch.arrival) {
        add_arrival(visit, std::move(*batch.arrival));
    }
    rows.events.reserve(batch.events.size());
    for (ReportedEvent &event : batch.events) {
        if (event.type == EventType::AbTestAssigned) {
            auto seen = site.tests().exposure(event.test_id, event.variant_id, visitor.assignment_key);
            if (seen) {
                rows.exposures.push_back({visit.id, site.id(), std::move(seen->test_id),
                                          std::move(seen->variant_id), seen->phase, event.at});
            }
        }
        rows.events.push_back({std::move(event.id), visit.id, site.id(), std::string(to_string(event.type)),
                               std::move(event.data), std::move(event.page), event.at});
    }
    return rows;
}

void VisitorRoutes::enqueue(db::TrackedBatch &&batch, const KnownUserAgent &agent,
                            const http::Completion &completion) {
    describe(batch.sessions.front(), *agent);
    if (agent->bot != BotClass::None) {
        batch.exposures.clear();
    }
    const std::size_t events = batch.events.size();
    const auto done = [this, completion, events](EventQueue::Outcome outcome) {
        switch (outcome) {
        case EventQueue::Outcome::Stored:
            return completion(m_json.reply(Route::Events, 200, {{"accepted", events}}));
        case EventQueue::Outcome::Unavailable:
            return completion(unavailable(Route::Events));
        case EventQueue::Outcome::Refused:
            return completion(refusal(Route::Events, 400, "events: the database rejected these values"));
        }
    };
    if (!m_events.submit(std::move(batch), done)) {
        completion(unavailable(Route::Events));
    }
}

http::Reply VisitorRoutes::consent(const http::Request &request, const TenantSite &site) {
    auto decision = decision_of(request);
    if (!decision) {
        return refusal(Route::Consent, 400,
                       "decision: must be \"accepted\" or \"declined\"; events: ids that this page sent");
    }
    const base::Time now = base::now();
    const Visitor visitor = m_resolver.visitor(request, site.uuid(), now);
    if (!decision->accepted) {
        return m_json.reply(Route::Consent, 200, {{"decision", "declined"}},
                            {{set_cookie, CookieSealer::clear_field()}});
    }
    if (visitor.declines) { // an earlier cookie stays, because it is needed to show and erase what is stored
        return m_json.reply(Route::Consent, 200, {{"decision", "declined"}});
    }
    const std::string first = decision->events.empty() ? std::string() : decision->events.front();
    const VisitorCookie cookie = m_resolver.accepted(visitor, site.uuid(), first, now);
    std::string set = m_resolver.sealer().set_field(site.uuid(), cookie);
    if (visitor.cookie ||
        decision->events.empty()) { // the visit begins with the first event that the visitor sends
        return m_json.reply(Route::Consent, 200, {{"decision", "accepted"}}, {{set_cookie, set}});
    }
    Visitor accepting = visitor;
    accepting.cookie = cookie;
    db::Acceptance acceptance;
    acceptance.session = m_resolver.record(accepting, cookie.visitor, site.id(), request, base::Time());
    acceptance.event_ids = std::move(decision->events);
    return accept(request, std::move(acceptance), std::move(set));
}

http::Reply VisitorRoutes::accept(const http::Request &request, db::Acceptance &&acceptance,
                                  std::string &&cookie) {
    const auto shared = std::make_shared<db::Acceptance>(std::move(acceptance));
    const auto answer = [this, shared, cookie = std::move(cookie)] {
        db::TrackingStore(m_session).accept(*shared);
        return m_json.reply(Route::Consent, 200, {{"decision", "accepted"}}, {{set_cookie, cookie}});
    };
    http::Reply reply;
    reply.later = [this, shared, answer,
                   text = std::string(request.user_agent)](const http::Completion &completion) {
        const auto store = [this, shared, answer, completion](const KnownUserAgent &agent) {
            describe(shared->session, *agent);
            submit(Route::Consent, answer, completion);
        };
        if (const KnownUserAgent agent = m_agents.find(m_agents.hash(text))) {
            store(agent);
        } else if (!m_agents.look_at(text, store)) {
            completion(unavailable(Route::Consent));
        }
    };
    return reply;
}

void VisitorRoutes::submit(Route route, const std::function<http::Reply()> &answer,
                           const http::Completion &completion) {
    const bool waits = m_privacy.submit([this, route, answer, completion] {
        try {
            completion(answer());
        } catch (const db::Error &error) {
            m_log.warning(
                "privacy_request_failed",
                {{"route", to_string(route)}, {"reason", error.what()}, {"sqlstate", error.sqlstate()}});
            completion(unavailable(route));
        } catch (const std::exception &error) {
            m_log.error("privacy_request_failed", {{"route", to_string(route)}, {"reason", error.what()}});
            completion(unavailable(route));
        }
    });
    if (!waits) {
        completion(unavailable(route));
    }
}

http::Reply VisitorRoutes::later(Route route, std::function<http::Reply()> answer) {
    http::Reply reply;
    reply.later = [this, route, answer = std::move(answer)](const http::Completion &completion) {
        submit(route, answer, completion);
    };
    return reply;
}

http::Reply VisitorRoutes::forget(const http::Request &request, const TenantSite &site) {
    const auto cookie = m_resolver.cookie(request, site.uuid(), base::now());
    const bool as_page = http::is_media_type(request.content_type, form_type);
    if (!cookie) { // a visit without a cookie cannot be found, because it is not known whose it was
        return forgotten(site, {}, as_page);
    }
    return later(
        Route::Forget, [this, visitor = cookie->visitor.text(), as_page,
                        held_site = std::static_pointer_cast<const TenantSite>(site.shared_from_this())] {
            return forgotten(*held_site, db::PrivacyStore(m_session).forget_visitor(held_site->id(), visitor),
                             as_page);
        });
}

http::Reply VisitorRoutes::forgotten(const TenantSite &site, const db::ErasureReceipt &receipt,
                                     bool as_page) {
    const std::string cookie = CookieSealer::clear_field();
    // Not "cookies", which would also delete those of other companions' sites below the platform's domain.
    constexpr std::string_view clear_field = "Clear-Site-Data", clear_value = "\"storage\"";
    if (!as_page) {
        return m_json.reply(Route::Forget, 200,
                            {{"receipt", receipt.id.empty() ? models::Json() : models::Json(receipt.id)},
                             {"visits", receipt.sessions},
                             {"events", receipt.events}},
                            {{set_cookie, cookie}, {clear_field, clear_value}});
    }
    CachedResponse::Content content = site.context().html(
        200, site::render_forgotten_page(site.context().settings, site.page_data(), receipt.id), no_cache);
    http::HeadBuilder head(200);
    head.field("Content-Type", content.content_type).field("Cache-Control", content.cache_control);
    for (const auto &[name, value] : content.fields) {
        head.field(name, value);
    }
    head.field(set_cookie, cookie).field(clear_field, clear_value).length(content.body.size());
    return http::owned_reply(Route::Forget, 200, head.take(), std::move(content.body));
}

http::Reply VisitorRoutes::visitor_data(const http::Request &request, const TenantSite &site) {
    const auto cookie = m_resolver.cookie(request, site.uuid(), base::now());
    if (!cookie) {
        return m_json.reply(Route::Held, 200, {{"cookie", false}});
    }
    return later(Route::Held, [this, tenant = site.id(), person = cookie->visitor.text()] {
        const db::VisitorData data = db::PrivacyStore(m_session).visitor_data(tenant, person);
        Json body{{"cookie", true},
                  {"visits", data.sessions},
                  {"events", data.events},
                  {"assignments", data.assignments}};
        if (data.first_at) {
            body["first"] = written(*data.first_at);
        }
        if (data.last_at) {
            body["last"] = written(*data.last_at);
        }
        return m_json.reply(Route::Held, 200, body);
    });
}

} // namespace studio::renderer
