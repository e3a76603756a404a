// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/pages/platform_site.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"
#include "site/pages/notice_page.h"

#include <mutex>
#include <string>
#include <string_view>

namespace studio::renderer {

// The host "preview-NAME": a tenant's latest draft, for people with a share link. It asks the database for
// each request, in a separate thread, so that a revoked link stops at once and a slow database delays nobody
// else. Nothing is cached.
class DraftPreview final {
public:
    DraftPreview(std::string database_url, const SiteContext &context, const Notices &notices,
                 const Log &log);

    http::Reply reply(const http::Request &request, std::string_view subdomain);

private:
    struct Visit {
        std::string subdomain, path, token;
        bool token_is_new = false; // came in the address, not by cookie
        bool head_only = false;
    };
    std::string origin_of(std::string_view subdomain) const;
    http::Reply answer(const Visit &visit);
    http::Reply notice(const Visit &visit, site::NoticeKind kind) const;
    // `context` has the addresses of photos in the current photo store.
    http::Reply page(const SiteContext &context, const Visit &visit, const db::PublicTenant &draft) const;

    const SiteContext &m_context;
    const Notices &m_notices;
    const Log &m_log;
    db::Session m_session;
    WorkerPool m_worker{"drafts", 1, 64, m_log}; // last: its job uses the rest
};

// The value of a query parameter, or of a cookie; "" where it is absent or is no share token.
std::string share_token_in_query(std::string_view query);
std::string share_token_in_cookie(std::string_view cookie);

} // namespace studio::renderer
