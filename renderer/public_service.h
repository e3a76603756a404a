// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/bookings/booking_service.h"
#include "renderer/bookings/booking_times.h"
#include "renderer/bookings/link_pages.h"
#include "renderer/events/visitor_routes.h"
#include "renderer/http/server.h"
#include "renderer/limits/request_limits.h"
#include "renderer/pages/directory.h"
#include "renderer/pages/draft_preview.h"
#include "renderer/pages/media_files.h"
#include "renderer/pages/platform_site.h"
#include "renderer/pages/static_files.h"
#include "renderer/support/host_name.h"
#include "renderer/support/json_replies.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"
#include "renderer/visitors/bot_counter.h"
#include "site/static_files.h"

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace studio::renderer {

// Answers visitors: host to tenant, path to page, page from memory.
class PublicService final : public http::Handler {
public:
    struct Parts {
        const SiteContext &context;
        const DirectoryHolder &directory;
        const Log &log;
        Metrics &metrics;
        BookingService &bookings;
        LinkPages &links;
        BookingTimes &times;
        const VisitorResolver &resolver;
        UserAgentCache &agents;
        BotCounter &bots;
        VisitorRoutes &visitors;
        RequestLimits &limits;
        std::string database_url, media_root; // no media_root: no /media
        std::size_t loops = 1;
    };
    explicit PublicService(Parts parts);

    http::Reply handle(const http::Request &request, std::size_t loop) override;
    http::BodyRules body_rules(const http::Request &request) const override;
    void tick(std::size_t loop) override;
    void failed(std::string_view reason) override { m_log.thread_failed("event loop", reason); }
    // From now on /readyz answers that the service is not ready.
    void begin_draining() { m_draining = true; }

private:
    http::Reply route(const http::Request &request, const HostName &host, std::size_t loop);
    // The answer to a form of a site that is not public any more.
    http::Reply closed(const http::Request &request) const;
    // A redirect to the same path and query at another origin.
    http::Reply redirect(const http::Request &request, std::string_view origin) const;
    http::Reply tenant(const http::Request &request, const TenantSite &site, std::size_t loop);
    // 429 where the sender or the tenant has reached a limit.
    std::optional<http::Reply> limited(const http::Request &request, const TenantSite &site);
    // The same for what belongs to no tenant, by the sender's limit only.
    std::optional<http::Reply> limited_sender_only(const http::Request &request, LimitedRequest kind,
                                                   Route route);
    // Answers what belongs to the host of the links in emails, which may be the platform's host; nullopt for
    // everything else.
    std::optional<http::Reply> link_page(const http::Request &request, const HostName &host);
    http::Reply too_many(const http::Request &request, LimitedRequest kind, Route route, int wait_s) const;
    RequestLimits::Sender limited_sender(const http::Request &request, const Uuid &tenant,
                                         const models::TenantId &tenant_id, base::Time now) const;
    // Answers what belongs to the booking form; nullopt for everything else.
    std::optional<http::Reply> booking(const http::Request &request, const TenantSite &site,
                                       std::size_t loop);
    // The visit of who sends or opens a booking form, as far as it is known.
    db::TrackedSession sender(const http::Request &request, const TenantSite &site, std::size_t loop);
    void note_bot(const http::Request &request, const TenantSite &site, std::size_t loop);
    http::Reply platform(const http::Request &request, const PlatformSite &site, std::size_t loop);
    http::Reply render_later(const http::Request &request, const TenantSite &site, PageKind kind,
                             std::size_t variant, Route route);
    http::Reply landing_later(const http::Request &request, const PlatformSite &site, std::size_t page);
    http::Reply static_file(const http::Request &request) const;
    http::Reply media(const http::Request &request, std::size_t loop);
    http::Reply ready(const http::Request &request, std::size_t loop);
    http::Reply notice(const http::Request &request, site::NoticeKind kind,
                       Route route = Route::NotFound) const;

    const SiteContext &m_context;
    const Log &m_log;
    Metrics &m_metrics;
    const std::string m_www;
    const Notices m_notices;
    const StaticFiles m_static;
    std::unique_ptr<const MediaFiles> m_media;
    CachedResponse m_platform_robots, m_platform_sitemap;
    BookingService &m_bookings;
    LinkPages &m_links;
    BookingTimes &m_times;
    const VisitorResolver &m_resolver;
    UserAgentCache &m_agents;
    BotCounter &m_bots;
    VisitorRoutes &m_visitors;
    RequestLimits &m_limits;
    const JsonReplies m_json;
    std::vector<DirectoryReader> m_readers;       // one per loop
    std::vector<UserAgentReader> m_agent_readers; // one per loop
    std::atomic<bool> m_draining{false};
    DraftPreview m_drafts;
    WorkerPool m_renderers; // last: its jobs use the rest
};

} // namespace studio::renderer
