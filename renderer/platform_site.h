// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/tenant_site.h"

#include <memory>
#include <mutex>
#include <vector>

namespace studio::renderer {

// The platform's own landing page over one state of the directory. Rendered when it is first asked for.
class PlatformSite final : public http::Retained {
public:
    PlatformSite(const SiteContext &context, std::vector<std::shared_ptr<const TenantSite>> tenants);

    // nullptr where it was not rendered yet. No lock.
    const CachedResponse *landing() const { return m_ready.load(std::memory_order_acquire); }
    const CachedResponse &render_landing() const; // any thread

private:
    const SiteContext &m_context;
    std::vector<std::shared_ptr<const TenantSite>> m_tenants; // by name
    mutable std::mutex m_rendering;
    mutable std::unique_ptr<const CachedResponse> m_landing;
    mutable std::atomic<const CachedResponse *> m_ready{nullptr};
};

// Pages that speak for the platform where there is no tenant to speak.
class Notices final {
public:
    explicit Notices(const SiteContext &context);
    const CachedResponse &of(site::NoticeKind kind) const;

private:
    CachedResponse m_not_found, m_share_link_needed, m_share_link_expired, m_unavailable;
};

} // namespace studio::renderer
