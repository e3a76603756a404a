// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "db/stores/privacy_store.h"
#include "db/stores/tracking_store.h"
#include "renderer/events/event_batch.h"
#include "renderer/events/event_queue.h"
#include "renderer/http/body_rules.h"
#include "renderer/pages/tenant_site.h"
#include "renderer/support/json_replies.h"
#include "renderer/visitors/user_agent_cache.h"
#include "renderer/visitors/visitor_resolver.h"

#include <functional>
#include <string>
#include <string_view>

namespace studio::renderer {

// What a tenant's site answers to its visitors' scripts and choices: POST /api/events, POST /api/consent,
// POST /privacy/forget and GET /privacy/held.
class VisitorRoutes final {
public:
    struct Parts {
        const SiteContext &context;
        const Log &log;
        const VisitorResolver &resolver;
        UserAgentCache &agents;
        EventQueue &events;
        std::string database_url;
    };
    explicit VisitorRoutes(Parts parts);

    // The method that the path answers, "POST" or "GET"; "" where the path is none of these.
    static std::string_view allowed(std::string_view path);
    static http::BodyRules body_rules(std::string_view path);
    // Whether this POST /api/consent accepts the cookie in a browser that has none yet.
    bool begins_visit(const http::Request &request, const TenantSite &site) const;
    // For a path and a method that allowed() names.
    http::Reply reply(const http::Request &request, const TenantSite &site);

private:
    http::Reply events(const http::Request &request, const TenantSite &site);
    db::TrackedBatch tracked(EventBatch &&batch, const Visitor &visitor, const Uuid &key,
                             const http::Request &request, const TenantSite &site, base::Time now) const;
    void enqueue(db::TrackedBatch &&batch, const KnownUserAgent &agent, const http::Completion &completion);
    http::Reply consent(const http::Request &request, const TenantSite &site);
    http::Reply accept(const http::Request &request, db::Acceptance &&acceptance, std::string &&cookie);
    http::Reply forget(const http::Request &request, const TenantSite &site);
    http::Reply forgotten(const TenantSite &site, const db::ErasureReceipt &receipt, bool as_page);
    http::Reply visitor_data(const http::Request &request, const TenantSite &site);
    http::Reply refusal(Route route, int status, std::string_view why) const;
    http::Reply unavailable(Route route) const;
    // Runs an `answer` that asks the database in a separate thread.
    void submit(Route route, const std::function<http::Reply()> &answer, const http::Completion &completion);
    http::Reply later(Route route, std::function<http::Reply()> answer);

    const SiteContext &m_context;
    const Log &m_log;
    const VisitorResolver &m_resolver;
    UserAgentCache &m_agents;
    EventQueue &m_events;
    const JsonReplies m_json;
    db::Session m_session; // used only in the thread of m_privacy
    WorkerPool m_privacy;  // last: its jobs use the rest
};

} // namespace studio::renderer
