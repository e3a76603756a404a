// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/pages/tenant_site.h"
#include "site/pages/notice_page.h"

#include <memory>
#include <mutex>
#include <vector>

namespace studio::renderer {

// The platform's own landing page over one state of the directory, in as many pages as its companions take.
// Each is rendered when it is first asked for.
class PlatformSite final : public http::Retained {
public:
    PlatformSite(const SiteContext &context, std::vector<std::shared_ptr<const TenantSite>> tenants);

    std::size_t pages() const { return m_pages.size(); }
    // `page` counts from 1 to pages(). nullptr where it was not rendered yet. No lock.
    const CachedResponse *landing(std::size_t page) const {
        return m_pages[page - 1].ready.load(std::memory_order_acquire);
    }
    const CachedResponse &render_landing(std::size_t page) const; // any thread
    // The page for an address that does not exist, with some of the companions. nullptr until a landing page
    // was rendered. No lock.
    const CachedResponse *not_found() const { return m_not_found.ready.load(std::memory_order_acquire); }
    // Whether a landing page shows one of these pictures.
    bool shows(const TenantSite::PictureRule &withdrawn) const;

private:
    struct Page {
        std::unique_ptr<const CachedResponse> response;
        std::atomic<const CachedResponse *> ready{nullptr};
    };

    const SiteContext m_context;
    std::vector<std::shared_ptr<const TenantSite>> m_tenants; // by name
    mutable std::mutex m_rendering;
    mutable std::vector<Page> m_pages;
    mutable Page m_not_found;
};

// The number in "page=3", between 1 and `last`; 1 where there is none.
std::size_t landing_page(std::string_view query, std::size_t last);

// The platform's pages for hosts that have no tenant.
class Notices final {
public:
    explicit Notices(const SiteContext &context);
    const CachedResponse &of(site::NoticeKind kind) const;

private:
    CachedResponse m_not_found, m_share_link_needed, m_share_link_expired, m_unavailable;
};

} // namespace studio::renderer
