// SPDX-License-Identifier: Apache-2.0
#include "renderer/public_service.h"

#include "models/tenant/photo_releases.h"
#include "renderer/pages/remembered_request.h"
#include "renderer/support/worker_reply.h"
#include "site/sitemap.h"
#include "site/static_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace studio::renderer {

namespace {

constexpr std::size_t max_waiting_renders = 4096;
constexpr std::string_view static_prefix = "/static/", media_prefix = "/media/";

Route route_of(PageKind kind) {
    switch (kind) {
    case PageKind::Privacy:
        return Route::Privacy;
    case PageKind::BookingSent:
        return Route::Booking;
    case PageKind::NotFound:
        return Route::NotFound;
    case PageKind::Robots:
        return Route::Robots;
    case PageKind::Sitemap:
        return Route::Sitemap;
    case PageKind::Home:
        break;
    }
    return Route::Page;
}

std::optional<PageKind> page_kind(std::string_view path) {
    if (path == "/") {
        return PageKind::Home;
    }
    if (path == "/privacy") {
        return PageKind::Privacy;
    }
    if (path == "/book/sent") {
        return PageKind::BookingSent;
    }
    if (path == "/robots.txt") {
        return PageKind::Robots;
    }
    if (path == "/sitemap.xml") {
        return PageKind::Sitemap;
    }
    return std::nullopt;
}

http::Reply method_not_allowed(const http::Request &request, std::string_view allowed = "GET, HEAD") {
    return http::plain_reply(Route::Refused, 405,
                             allowed == "POST"  ? "This address answers POST only."
                             : allowed == "GET" ? "This address answers GET only."
                                                : "This address answers GET and HEAD only.",
                             request.head_only(), {{"Allow", allowed}});
}

struct Limited {
    LimitedRequest kind;
    Route route;
};

std::optional<Limited> limited_request(const http::Request &request) {
    const bool posts = request.method == http::Method::Post;
    if (posts && request.path == "/api/events") {
        return Limited{LimitedRequest::Events, Route::Events};
    }
    if (posts && request.path == "/bookings") {
        return Limited{LimitedRequest::Booking, Route::Booking};
    }
    if (!posts && request.path == "/book") {
        return Limited{LimitedRequest::Page, Route::Booking};
    }
    if (!posts && (request.path == "/api/form-token" || request.path == "/api/times")) {
        return Limited{LimitedRequest::Token, Route::Booking};
    }
    if (LinkPages::has(request.path)) {
        return Limited{posts ? LimitedRequest::Choice : LimitedRequest::Page, Route::Booking};
    }
    if (!VisitorRoutes::allowed(request.path).empty()) {
        return Limited{LimitedRequest::Choice, request.path == "/api/consent"      ? Route::Consent
                                               : request.path == "/privacy/forget" ? Route::Forget
                                                                                   : Route::Held};
    }
    return std::nullopt;
}

bool is_booking_post(const http::Request &request) {
    return request.method == http::Method::Post && request.path == "/bookings";
}

bool is_link_post(const http::Request &request) {
    return request.method == http::Method::Post && LinkPages::takes_post(request.path);
}

} // namespace

PublicService::PublicService(Parts parts)
    : m_context(parts.context), m_log(parts.log), m_metrics(parts.metrics),
      m_www("www." + parts.context.platform_domain), m_notices(parts.context), m_static(parts.context),
      m_media(parts.media_root.empty()
                  ? nullptr
                  : std::make_unique<const MediaFiles>(parts.media_root, parts.context.common_fields())),
      m_platform_robots(parts.context.text(
          "text/plain; charset=utf-8", site::render_robots(parts.context.settings.platform_origin, true))),
      m_platform_sitemap(
          parts.context.text("application/xml; charset=utf-8",
                             site::render_sitemap(parts.context.settings.platform_origin, {"/"}))),
      m_bookings(parts.bookings), m_links(parts.links), m_times(parts.times), m_resolver(parts.resolver),
      m_agents(parts.agents), m_bots(parts.bots), m_visitors(parts.visitors), m_limits(parts.limits),
      m_json(parts.context), m_readers(parts.loops, DirectoryReader(parts.directory)),
      m_agent_readers(parts.loops, UserAgentReader(parts.agents)),
      m_drafts(std::move(parts.database_url), parts.context, m_notices, parts.log),
      m_renderers("pages", std::max(1u, std::thread::hardware_concurrency()), max_waiting_renders,
                  parts.log) {}

http::Reply PublicService::handle(const http::Request &request, std::size_t loop) {
    if (!request.only_reads() && !is_booking_post(request) && !is_link_post(request) &&
        VisitorRoutes::allowed(request.path).empty()) {
        return method_not_allowed(request);
    }
    if (request.path == "/healthz") {
        return http::plain_reply(Route::Health, 200, "ok", request.head_only());
    }
    if (request.path == "/readyz") {
        return ready(request, loop);
    }
    const HostName host(request.host);
    if (request.scheme == http::Scheme::Http && m_context.https()) {
        return redirect(request, fmt::format("https://{}", host.text()));
    }
    if (request.path.starts_with(static_prefix)) {
        return static_file(request);
    }
    return route(request, host, loop);
}

http::BodyRules PublicService::body_rules(const http::Request &request) const {
    if (request.path == "/bookings") {
        return BookingService::body_rules();
    }
    if (LinkPages::takes_post(request.path)) {
        return LinkPages::body_rules();
    }
    return request.method == http::Method::Post ? VisitorRoutes::body_rules(request.path) : http::BodyRules{};
}

void PublicService::tick(std::size_t loop) {
    // Reads the current directory, so that a loop without requests does not keep an old one in memory.
    m_readers[loop].current();
}

http::Reply PublicService::route(const http::Request &request, const HostName &host, std::size_t loop) {
    if (auto reply = link_page(request, host)) {
        return std::move(*reply);
    }
    const Directory *directory = m_readers[loop].current();
    if (!directory) {
        return notice(request, site::NoticeKind::Unavailable);
    }
    if (const TenantSite *site = directory->find(host.text())) {
        return tenant(request, *site, loop);
    }
    const bool is_platform = host.text() == m_context.platform_domain || host.text() == m_www;
    if (!request.only_reads()) {
        const bool from_a_site = !is_platform && (is_booking_post(request) || is_link_post(request));
        return from_a_site ? closed(request) : method_not_allowed(request);
    }
    if (is_platform) {
        return platform(request, *directory->platform(), loop);
    }
    constexpr std::string_view preview = "preview-";
    const std::string_view label = host.label_below(m_context.platform_domain);
    if (label.size() > preview.size() && label.starts_with(preview)) {
        if (request.path.starts_with(media_prefix)) {
            return media(request, loop);
        }
        if (auto reply = limited_sender_only(request, LimitedRequest::Page, Route::Preview)) {
            return std::move(*reply);
        }
        return m_drafts.reply(request, label.substr(preview.size()));
    }
    if (const TenantSite *site = directory->find_by_other_name(host.text())) {
        return redirect(request, site->origin());
    }
    return notice(request, site::NoticeKind::NotFound);
}

http::Reply PublicService::closed(const http::Request &request) const {
    constexpr std::string_view words = "This site takes no requests at the moment. Nothing was sent.";
    if (http::is_media_type(request.content_type, "application/json")) {
        return m_json.reply(Route::Booking, 404, {{"errors", {{{"field", ""}, {"message", words}}}}});
    }
    return http::plain_reply(Route::Booking, 404, words, false, {{"Cache-Control", no_cache}});
}

http::Reply PublicService::redirect(const http::Request &request, std::string_view origin) const {
    std::string location = fmt::format("{}{}", origin, request.path);
    if (!request.query.empty()) {
        location.append("?").append(request.query);
    }
    return http::make_reply(Route::Redirect, 308, {{"Location", location}, {"Cache-Control", "no-store"}}, {},
                            request.head_only());
}

http::Reply PublicService::tenant(const http::Request &request, const TenantSite &site, std::size_t loop) {
    if (auto reply = limited(request, site)) {
        return std::move(*reply);
    }
    if (request.path == "/book" && request.only_reads()) {
        note_bot(request, site, loop);
    }
    if (auto reply = booking(request, site, loop)) {
        return std::move(*reply);
    }
    if (LinkPages::has(request.path)) {
        return site.broken() ? notice(request, site::NoticeKind::Unavailable, Route::Booking)
                             : m_links.reply(request, site);
    }
    if (const std::string_view allowed = VisitorRoutes::allowed(request.path); !allowed.empty()) {
        const bool fits = allowed == (request.method == http::Method::Post  ? "POST"
                                      : request.method == http::Method::Get ? "GET"
                                                                            : "");
        return fits ? m_visitors.reply(request, site) : method_not_allowed(request, allowed);
    }
    if (request.path.starts_with(media_prefix)) {
        return media(request, loop);
    }
    const PageKind kind = page_kind(request.path).value_or(PageKind::NotFound);
    if (kind != PageKind::NotFound) {
        note_bot(request, site, loop);
    }
    std::size_t variant = 0;
    if (kind == PageKind::Home && site.tests().any()) {
        variant = site.tests().combination(m_resolver.assignment_key(request, site.uuid(), base::now()));
    }
    const Route route = route_of(kind);
    if (const CachedResponse *page = site.cached(kind, variant)) {
        m_metrics.loop(loop).cache_hits.add();
        return page->reply(request, route, &site);
    }
    m_metrics.loop(loop).cache_misses.add();
    return render_later(request, site, kind, variant, route);
}

RequestLimits::Sender PublicService::limited_sender(const http::Request &request, const Uuid &tenant,
                                                    const models::TenantId &tenant_id, base::Time now) const {
    return {request.client_address, m_resolver.assignment_key(request, tenant, now), tenant, tenant_id};
}

std::optional<http::Reply> PublicService::limited(const http::Request &request, const TenantSite &site) {
    const auto limit = limited_request(request);
    if (!limit) {
        return std::nullopt;
    }
    const base::Time now = base::now();
    const RequestLimits::Sender sender = limited_sender(request, site.uuid(), site.id(), now);
    int wait = m_limits.wait_s(limit->kind, sender, request.body.size(), now);
    if (wait == 0 && limit->route == Route::Consent && m_visitors.begins_visit(request, site)) {
        wait = m_limits.wait_to_accept_s(sender, now);
    }
    if (wait == 0) {
        return std::nullopt;
    }
    return too_many(request, limit->kind, limit->route, wait);
}

std::optional<http::Reply> PublicService::limited_sender_only(const http::Request &request,
                                                              LimitedRequest kind, Route route) {
    static const Uuid no_tenant{};
    static const models::TenantId no_id;
    const base::Time now = base::now();
    const int wait =
        m_limits.wait_s(kind, limited_sender(request, no_tenant, no_id, now), request.body.size(), now);
    if (wait == 0) {
        return std::nullopt;
    }
    return too_many(request, kind, route, wait);
}

std::optional<http::Reply> PublicService::link_page(const http::Request &request, const HostName &host) {
    if (host.text() != m_context.link_domain) {
        return std::nullopt;
    }
    if (LinkPages::is_personal(request.path)) {
        const bool posts = request.method == http::Method::Post;
        auto reply = limited_sender_only(request, posts ? LimitedRequest::Choice : LimitedRequest::Page,
                                         Route::Booking);
        return reply ? std::move(reply) : m_links.reply(request);
    }
    if (host.text() == m_context.platform_domain) {
        return std::nullopt;
    }
    // The platform's own page would name the platform, which this host does not reveal.
    return http::plain_reply(Route::NotFound, 404, "There is nothing at this address.", request.head_only(),
                             {{"Cache-Control", no_cache}, {"X-Robots-Tag", "noindex, nofollow"}});
}

http::Reply PublicService::too_many(const http::Request &request, LimitedRequest kind, Route route,
                                    int wait_s) const {
    const std::string seconds = std::to_string(wait_s);
    constexpr std::string_view form_type = "application/x-www-form-urlencoded";
    const bool for_a_person =
        kind == LimitedRequest::Page || http::is_media_type(request.content_type, form_type);
    if (for_a_person) {
        return http::plain_reply(route, 429,
                                 "Too many requests came from your connection. Please go back and try again "
                                 "in a minute: nothing you typed is lost.",
                                 request.head_only(),
                                 {{"Retry-After", seconds}, {"Cache-Control", no_cache}});
    }
    constexpr std::string_view words =
        "Too many requests came from your connection. Please try again in a minute.";
    const models::Json body = kind == LimitedRequest::Booking
                                  ? models::Json{{"errors", {{{"field", ""}, {"message", words}}}}}
                                  : models::Json{{"error", words}};
    return m_json.reply(route, 429, body, {{"Retry-After", seconds}}, request.head_only());
}

std::optional<http::Reply> PublicService::booking(const http::Request &request, const TenantSite &site,
                                                  std::size_t loop) {
    const bool sends = is_booking_post(request);
    if (!sends && request.path != "/book" && request.path != "/api/form-token" &&
        request.path != "/bookings" && request.path != "/api/times") {
        return std::nullopt;
    }
    if (site.broken()) {
        return notice(request, site::NoticeKind::Unavailable, Route::Booking);
    }
    if (sends) {
        return m_bookings.post(request, site, sender(request, site, loop));
    }
    if (request.path == "/book") {
        return m_bookings.book_page(request, site, sender(request, site, loop));
    }
    if (request.path == "/api/times") {
        return m_times.list(request, site);
    }
    if (request.path == "/api/form-token") {
        return m_bookings.form_token(request, site, sender(request, site, loop));
    }
    // Someone opened the address to which the form is posted.
    return http::make_reply(Route::Booking, 303, {{"Location", "/book"}, {"Cache-Control", "no-store"}}, {},
                            request.head_only());
}

db::TrackedSession PublicService::sender(const http::Request &request, const TenantSite &site,
                                         std::size_t loop) {
    const base::Time now = base::now();
    // Past the limit of visits that forms may begin, a form is not connected to a visit: a flood of forms
    // then does not load the database, and bookings are still accepted.
    if (request.head_only()) {
        return {}; // a HEAD request shows no form
    }
    if (!is_booking_post(request) && !m_limits.may_open_visit(site.uuid(), now)) {
        return {};
    }
    const Visitor visitor = m_resolver.visitor(request, site.uuid(), now);
    const auto key = m_resolver.visit_key(visitor, request, site.uuid());
    if (!key) {
        return {};
    }
    db::TrackedSession record = m_resolver.record(visitor, *key, site.id(), request, now);
    if (const UserAgent *agent = m_agent_readers[loop].find(request.user_agent)) {
        describe(record, *agent);
    }
    return record;
}

void PublicService::note_bot(const http::Request &request, const TenantSite &site, std::size_t loop) {
    if (const UserAgent *agent = m_agent_readers[loop].find(request.user_agent)) {
        if (agent->bot != BotClass::None) {
            m_bots.add(site.id(), today(), agent->bot);
        }
        return;
    }
    const base::Time now = base::now();
    if (m_limits.wait_s(LimitedRequest::Agent, limited_sender(request, site.uuid(), site.id(), now), 0, now) >
        0) {
        return; // all tenants share one thread for unknown user agents
    }
    m_agents.look_at(std::string(request.user_agent),
                     [&bots = m_bots, tenant = site.id(), day = today()](const KnownUserAgent &agent) {
                         if (agent->bot != BotClass::None) {
                             bots.add(tenant, day, agent->bot);
                         }
                     });
}

http::Reply PublicService::render_later(const http::Request &request, const TenantSite &site, PageKind kind,
                                        std::size_t variant, Route route) {
    const auto held = std::static_pointer_cast<const TenantSite>(site.shared_from_this());
    const RememberedRequest remembered(request);
    return reply_by_worker(m_renderers,
                           {m_log, "page_not_rendered", site.id(),
                            [held, kind, variant, route, remembered] {
                                http::Reply answer =
                                    held->render(kind, variant).reply(remembered.view(), route, held.get());
                                answer.owner = held;
                                return answer;
                            },
                            [this, route, remembered] {
                                return notice(remembered.view(), site::NoticeKind::Unavailable, route);
                            }});
}

http::Reply PublicService::platform(const http::Request &request, const PlatformSite &site,
                                    std::size_t loop) {
    if (request.path == "/") {
        const std::size_t number = landing_page(request.query, site.pages());
        if (const CachedResponse *page = site.landing(number)) {
            m_metrics.loop(loop).cache_hits.add();
            return page->reply(request, Route::Landing, &site);
        }
        m_metrics.loop(loop).cache_misses.add();
        return landing_later(request, site, number);
    }
    if (request.path == "/robots.txt") {
        return m_platform_robots.reply(request, Route::Robots, nullptr);
    }
    if (request.path == "/sitemap.xml") {
        return m_platform_sitemap.reply(request, Route::Sitemap, nullptr);
    }
    if (request.path.starts_with(media_prefix)) {
        return media(request, loop);
    }
    if (const CachedResponse *page = site.not_found()) {
        return page->reply(request, Route::NotFound, &site);
    }
    return notice(request, site::NoticeKind::NotFound);
}

http::Reply PublicService::landing_later(const http::Request &request, const PlatformSite &site,
                                         std::size_t page) {
    const auto held = std::static_pointer_cast<const PlatformSite>(site.shared_from_this());
    const RememberedRequest remembered(request);
    return reply_by_worker(
        m_renderers, {m_log,
                      "landing_not_rendered",
                      {},
                      [held, page, remembered] {
                          http::Reply answer =
                              held->render_landing(page).reply(remembered.view(), Route::Landing, held.get());
                          answer.owner = held;
                          return answer;
                      },
                      [this, remembered] {
                          return notice(remembered.view(), site::NoticeKind::Unavailable, Route::Landing);
                      }});
}

http::Reply PublicService::static_file(const http::Request &request) const {
    const CachedResponse *file = m_static.find(request.path.substr(static_prefix.size()));
    return file ? file->reply(request, Route::Static, nullptr) : notice(request, site::NoticeKind::NotFound);
}

http::Reply PublicService::media(const http::Request &request, std::size_t loop) {
    const Directory *directory = m_readers[loop].current();
    if (!directory) { // it is not known yet which photos were withdrawn
        return notice(request, site::NoticeKind::Unavailable, Route::Media);
    }
    const auto path = decode_path(request.path);
    if (path && directory->withdrawn()->contains(models::picture_of(*path))) {
        return notice(request, site::NoticeKind::NotFound);
    }
    if (m_media) {
        if (auto reply = m_media->reply(request, request.path.substr(media_prefix.size()))) {
            return std::move(*reply);
        }
    }
    return notice(request, site::NoticeKind::NotFound);
}

http::Reply PublicService::ready(const http::Request &request, std::size_t loop) {
    if (m_draining) {
        return http::plain_reply(Route::Ready, 503, "draining", request.head_only());
    }
    if (!m_readers[loop].current()) {
        return http::plain_reply(Route::Ready, 503, "waiting for the database", request.head_only());
    }
    return http::plain_reply(Route::Ready, 200, "ready", request.head_only());
}

http::Reply PublicService::notice(const http::Request &request, site::NoticeKind kind, Route route) const {
    return m_notices.of(kind).reply(request, route, nullptr);
}

} // namespace studio::renderer
