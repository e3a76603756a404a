// SPDX-License-Identifier: Apache-2.0
#include "renderer/directory.h"

namespace studio::renderer {

Directory::Directory(const SiteContext &context, Sites by_id, std::shared_ptr<const PlatformSite> platform)
    : m_by_id(std::move(by_id)), m_platform(std::move(platform)) {
    const std::string below_platform = "." + context.platform_domain;
    for (const auto &[id, site] : m_by_id) {
        const std::string &domain = site->custom_domain();
        // A host of the platform is never a tenant's own domain, whatever a row says.
        if (!domain.empty() && domain != context.platform_domain && !domain.ends_with(below_platform))
            m_by_host.emplace(domain, site);
    }
    for (const auto &[id, site] : m_by_id)
        m_by_host.insert_or_assign(site->subdomain() + below_platform, site);
}

} // namespace studio::renderer
