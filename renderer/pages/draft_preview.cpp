// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/draft_preview.h"

#include "db/connection/error.h"
#include "site/pages/booking_page.h"
#include "site/pages/notice_page.h"
#include "site/pages/privacy_page.h"
#include "site/pages/tenant_page.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::renderer {

namespace {

constexpr std::string_view cookie_name = "studio_share";
constexpr std::string_view not_indexed = "noindex, nofollow, noarchive";

bool is_share_token(std::string_view text) {
    return text.size() >= 16 && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

std::string token_after(std::string_view list, std::string_view name, char separator) {
    while (!list.empty()) {
        const auto end = list.find(separator);
        std::string_view item = list.substr(0, end);
        while (item.starts_with(' ')) {
            item.remove_prefix(1);
        }
        if (item.size() > name.size() && item.starts_with(name) && item[name.size()] == '=') {
            const std::string_view value = item.substr(name.size() + 1);
            return is_share_token(value) ? std::string(value) : std::string();
        }
        list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
    }
    return {};
}

} // namespace

std::string share_token_in_query(std::string_view query) {
    return token_after(query, "share", '&');
}
std::string share_token_in_cookie(std::string_view cookie) {
    return token_after(cookie, cookie_name, ';');
}

DraftPreview::DraftPreview(std::string database_url, const SiteContext &context, const Notices &notices,
                           const Log &log)
    : m_context(context), m_notices(notices), m_log(log), m_session(std::move(database_url)) {}

std::string DraftPreview::origin_of(std::string_view subdomain) const {
    return m_context.origin_of_subdomain(fmt::format("preview-{}", subdomain));
}

http::Reply DraftPreview::reply(const http::Request &request, std::string_view subdomain) {
    // The same answer whether or not a companion has this name, so that it does not show which names exist.
    if (request.path == "/robots.txt") {
        return notice({std::string(subdomain), {}, {}, false, request.head_only()},
                      site::NoticeKind::NotFound);
    }
    Visit visit{std::string(subdomain), std::string(request.path), share_token_in_query(request.query), true,
                request.head_only()};
    if (visit.token.empty()) {
        visit.token = share_token_in_cookie(request.cookie);
        visit.token_is_new = false;
    }
    if (visit.token.empty()) {
        return notice(visit, site::NoticeKind::ShareLinkNeeded);
    }
    http::Reply reply;
    reply.later = [this, visit](const http::Completion &completion) {
        const bool taken = m_worker.submit([this, visit, completion] { completion(answer(visit)); });
        if (!taken) {
            completion(notice(visit, site::NoticeKind::Unavailable));
        }
    };
    return reply;
}

http::Reply DraftPreview::answer(const Visit &visit) {
    try {
        db::PublicStore store(m_session);
        const auto draft = store.draft(visit.subdomain, visit.token);
        if (!draft) {
            return notice(visit, site::NoticeKind::ShareLinkExpired);
        }
        const auto photo_store = store.photo_store();
        return page(photo_store ? m_context.with(*photo_store) : m_context, visit, *draft);
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Unreachable) {
            m_log.error("draft_not_read", {{"reason", error.what()}, {"sqlstate", error.sqlstate()}});
        }
    } catch (const std::exception &error) {
        m_log.error("draft_not_rendered", {{"subdomain", visit.subdomain}, {"reason", error.what()}});
    }
    return notice(visit, site::NoticeKind::Unavailable);
}

http::Reply DraftPreview::notice(const Visit &visit, site::NoticeKind kind) const {
    http::Request request;
    request.method = visit.head_only ? http::Method::Head : http::Method::Get;
    return m_notices.of(kind).reply(request, Route::Preview, nullptr);
}

http::Reply DraftPreview::page(const SiteContext &context, const Visit &visit,
                               const db::PublicTenant &draft) const {
    if (visit.token_is_new) {
        const std::string cookie = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}", cookie_name,
                                               visit.token, m_context.https() ? "; Secure" : "");
        return http::make_reply(Route::Preview, 303,
                                {{"Location", origin_of(visit.subdomain) + visit.path},
                                 {"Set-Cookie", cookie},
                                 {"Cache-Control", no_cache},
                                 {"Referrer-Policy", "no-referrer"},
                                 {"X-Robots-Tag", not_indexed}},
                                {}, visit.head_only);
    }
    const site::TenantPage data = make_draft_page(draft, origin_of(visit.subdomain));
    site::RenderedPage rendered;
    int status = 200;
    if (visit.path == "/") {
        rendered = site::render_tenant_page(context.settings, data);
    } else if (visit.path == "/privacy") {
        rendered = site::render_privacy_page(context.settings, data);
    } else if (visit.path == "/book") {
        rendered = site::render_booking_page(context.settings, data, {});
    } else {
        rendered = site::render_not_found_page(context.settings, data);
        status = 404;
    }
    CachedResponse::Content content = context.html(status, std::move(rendered), no_cache);
    content.fields.emplace_back("X-Robots-Tag", not_indexed);
    content.compress = false;
    http::Request request;
    request.method = visit.head_only ? http::Method::Head : http::Method::Get;
    const auto response = std::make_shared<const CachedResponse>(std::move(content));
    http::Reply reply = response->reply(request, Route::Preview, nullptr);
    reply.owner = response;
    return reply;
}

} // namespace studio::renderer
