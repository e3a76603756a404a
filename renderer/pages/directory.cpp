// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/directory.h"

namespace studio::renderer {

namespace {

constexpr std::string_view www = "www.";

std::string other_name(const std::string &domain) {
    return domain.starts_with(www) ? domain.substr(www.size()) : std::string(www) + domain;
}

} // namespace

Directory::Directory(const SiteContext &context, Sites by_id, std::shared_ptr<const PlatformSite> platform,
                     std::shared_ptr<const Pictures> withdrawn)
    : m_by_id(std::move(by_id)), m_platform(std::move(platform)), m_withdrawn(std::move(withdrawn)) {
    const std::string below_platform = "." + context.platform_domain;
    // A host of the platform is never used as a custom domain, even if a tenant's row names it.
    const auto is_platform = [&](const std::string &host) {
        return host == context.platform_domain || host.ends_with(below_platform);
    };
    for (const auto &[id, site] : m_by_id) {
        const std::string &domain = site->custom_domain();
        if (!domain.empty() && !is_platform(domain) && m_by_host.emplace(domain, site).second) {
            m_own_domains.insert(domain);
        }
    }
    for (const auto &[id, site] : m_by_id) {
        const std::string &domain = site->custom_domain();
        const std::string other = domain.empty() ? std::string() : other_name(domain);
        if (m_own_domains.contains(domain) && !is_platform(other) && !m_own_domains.contains(other)) {
            m_by_other_name.emplace(other, site);
        }
    }
    for (const auto &[id, site] : m_by_id) {
        m_by_host.insert_or_assign(site->subdomain() + below_platform, site);
    }
}

} // namespace studio::renderer
