// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/platform_site.h"

#include "site/pages/landing_page.h"
#include "site/pages/notice_page.h"

#include <algorithm>
#include <charconv>
#include <span>

namespace studio::renderer {

namespace {

CachedResponse notice(const SiteContext &context, site::NoticeKind kind, int status,
                      std::span<const site::ShowcaseEntry> companions = {}) {
    CachedResponse::Content content =
        context.html(status, site::render_notice_page(context.settings, kind, companions), no_cache);
    content.fields.emplace_back("X-Robots-Tag", "noindex");
    if (status == 503) {
        content.fields.emplace_back("Retry-After", "10");
    }
    return CachedResponse(std::move(content));
}

} // namespace

PlatformSite::PlatformSite(const SiteContext &context, std::vector<std::shared_ptr<const TenantSite>> tenants)
    : m_context(context), m_tenants(std::move(tenants)), m_pages(site::landing_page_count(m_tenants.size())) {
    std::sort(m_tenants.begin(), m_tenants.end(), [](const auto &a, const auto &b) {
        return std::pair(a->name(), a->subdomain()) < std::pair(b->name(), b->subdomain());
    });
}

const CachedResponse &PlatformSite::render_landing(std::size_t page) const {
    const std::scoped_lock lock(m_rendering);
    Page &wanted = m_pages[page - 1];
    if (wanted.response) {
        return *wanted.response;
    }
    std::vector<site::ShowcaseEntry> showcase;
    showcase.reserve(m_tenants.size());
    for (const auto &tenant : m_tenants) {
        const site::TenantPage &data = tenant->page_data();
        showcase.push_back({data.content.name.empty() ? tenant->name() : data.content.name,
                            data.content.tagline, data.content.location.city, tenant->origin(), data.theme,
                            data.photos.hero.control, site::least_price(data.content)});
    }
    wanted.response = std::make_unique<const CachedResponse>(m_context.html(
        200, site::render_landing_page(m_context.settings, showcase, page), revalidated_cache));
    if (!m_not_found.response) {
        m_not_found.response = std::make_unique<const CachedResponse>(
            notice(m_context, site::NoticeKind::NotFound, 404, showcase));
        m_not_found.ready.store(m_not_found.response.get(), std::memory_order_release);
    }
    wanted.ready.store(wanted.response.get(), std::memory_order_release);
    return *wanted.response;
}

bool PlatformSite::shows(const TenantSite::PictureRule &withdrawn) const {
    return std::ranges::any_of(m_tenants, [&](const auto &tenant) { return tenant->shows(withdrawn); });
}

std::size_t landing_page(std::string_view query, std::size_t last) {
    constexpr std::string_view name = "page=";
    while (!query.empty() && !query.starts_with(name)) {
        const std::size_t end = query.find('&');
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    }
    std::size_t number = 1;
    if (!query.empty()) {
        std::from_chars(query.data() + name.size(), query.data() + query.size(), number);
    }
    return std::clamp<std::size_t>(number, 1, last);
}

Notices::Notices(const SiteContext &context)
    : m_not_found(notice(context, site::NoticeKind::NotFound, 404)),
      m_share_link_needed(notice(context, site::NoticeKind::ShareLinkNeeded, 403)),
      m_share_link_expired(notice(context, site::NoticeKind::ShareLinkExpired, 403)),
      m_unavailable(notice(context, site::NoticeKind::Unavailable, 503)) {}

const CachedResponse &Notices::of(site::NoticeKind kind) const {
    switch (kind) {
    case site::NoticeKind::ShareLinkNeeded:
        return m_share_link_needed;
    case site::NoticeKind::ShareLinkExpired:
        return m_share_link_expired;
    case site::NoticeKind::Unavailable:
        return m_unavailable;
    case site::NoticeKind::NotFound:
        break;
    }
    return m_not_found;
}

} // namespace studio::renderer
