// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/bookings/booking_connection_pool.h"
#include "renderer/http/body_rules.h"
#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/pages/tenant_site.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"
#include "site/pages/request_page.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// What the links of emails lead to: /request/TOKEN for the client and /decide/TOKEN for the companion, on the
// host that names no companion and on the companion's own; and there the address of a calendar feed,
// /calendar/SECRET.ics. A GET changes nothing. Caches do not store these pages, search engines do not list
// them, and pages that they link to do not learn their addresses. Calls come from event loops and never block
// them.
class LinkPages final {
public:
    struct Parts {
        const SiteContext &context;
        const Log &log;
        BookingConnectionPool &sessions;
        std::function<models::Time()> clock;
        std::size_t threads = 2, max_waiting = 512;
    };
    explicit LinkPages(Parts parts);

    // Whether the path is one of these pages; whether it takes a POST.
    static bool has(std::string_view path);
    static bool takes_post(std::string_view path);
    // Whether the path is /request/ or /decide/, whose token is enough on any host.
    static bool is_personal(std::string_view path);
    static http::BodyRules body_rules();
    http::Reply reply(const http::Request &request, const TenantSite &site);
    // On the host that names no companion, for a path that is_personal().
    http::Reply reply(const http::Request &request);

private:
    struct Asked;
    http::Reply later(const http::Request &request, std::shared_ptr<Asked> asked);
    http::Reply answer(const Asked &asked);
    models::Json client_view(const Asked &asked, std::string_view token);
    models::Json companion_view(const Asked &asked, std::string_view token);
    http::Reply request_page(const Asked &asked, std::string_view token, site::PageNotice notice = {},
                             const std::string &typed = {}, int status = 200);
    http::Reply request_step(const Asked &asked, std::string_view token);
    http::Reply request_calendar(const Asked &asked, std::string_view token);
    http::Reply decision_page(const Asked &asked, std::string_view token, site::DecisionPage filled = {},
                              int status = 200);
    http::Reply decision_step(const Asked &asked, std::string_view token);
    http::Reply feed(const Asked &asked, std::string_view secret);
    http::Reply page(const Asked &asked, int status, site::RenderedPage rendered) const;
    http::Reply notice(const Asked &asked, int status, const std::string &title,
                       const std::string &text) const;
    http::Reply calendar_file(const Asked &asked, std::string text) const;

    const SiteContext &m_context;
    const Log &m_log;
    BookingConnectionPool &m_sessions;
    const std::function<models::Time()> m_clock;
    WorkerPool m_workers; // last: its jobs use the rest
};

} // namespace studio::renderer
