// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/pages/platform_site.h"
#include "renderer/pages/tenant_site.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace studio::renderer {

struct HostHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// Every active tenant at one moment. Immutable once published.
class Directory final {
public:
    using Sites = std::unordered_map<models::TenantId, std::shared_ptr<const TenantSite>>;

    // Pictures that are shown to nobody, as db::PublicStore::withdrawn_photos() gives them.
    using Pictures = std::unordered_set<std::string, HostHash, std::equal_to<>>;

    Directory(const SiteContext &context, Sites by_id, std::shared_ptr<const PlatformSite> platform,
              std::shared_ptr<const Pictures> withdrawn = std::make_shared<const Pictures>());

    // `host` in lower case, without port. nullptr where no active tenant has it.
    const TenantSite *find(std::string_view host) const {
        const auto found = m_by_host.find(host);
        return found == m_by_host.end() ? nullptr : found->second.get();
    }
    // The tenant whose own domain is `host` with "www." before it, or without. nullptr where there is none,
    // or where the host itself is a tenant's own domain.
    const TenantSite *find_by_other_name(std::string_view host) const {
        const auto found = m_by_other_name.find(host);
        return found == m_by_other_name.end() ? nullptr : found->second.get();
    }
    // Whether visitors may come by this host that is not below the platform's domain.
    bool is_own_domain(std::string_view host) const {
        return m_own_domains.contains(host) || m_by_other_name.contains(host);
    }
    const std::shared_ptr<const Pictures> &withdrawn() const { return m_withdrawn; }
    const Sites &by_id() const { return m_by_id; }
    const std::shared_ptr<const PlatformSite> &platform() const { return m_platform; }

private:
    using ByHost =
        std::unordered_map<std::string, std::shared_ptr<const TenantSite>, HostHash, std::equal_to<>>;

    Sites m_by_id;
    ByHost m_by_host, m_by_other_name;
    std::unordered_set<std::string, HostHash, std::equal_to<>> m_own_domains;
    std::shared_ptr<const PlatformSite> m_platform;
    std::shared_ptr<const Pictures> m_withdrawn;
};

// Holds the current directory. Readers notice a new one by its number, so a request takes no lock.
class DirectoryHolder final {
public:
    void publish(std::shared_ptr<const Directory> directory) {
        const std::scoped_lock lock(m_mutex);
        m_current = std::move(directory);
        m_number.fetch_add(1, std::memory_order_release);
    }
    // nullptr before the first load.
    std::shared_ptr<const Directory> current() const {
        const std::scoped_lock lock(m_mutex);
        return m_current;
    }
    std::uint64_t number() const { return m_number.load(std::memory_order_acquire); }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const Directory> m_current;
    std::atomic<std::uint64_t> m_number{0};
};

// One event loop's view of the holder. Not for two threads.
class alignas(64) DirectoryReader final {
public:
    explicit DirectoryReader(const DirectoryHolder &holder) : m_holder(&holder) {}
    // Valid until the next call; nullptr before the first load.
    const Directory *current() {
        if (const std::uint64_t number = m_holder->number(); number != m_number) {
            m_number = number;
            m_directory = m_holder->current();
        }
        return m_directory.get();
    }
    const std::shared_ptr<const Directory> &shared() const { return m_directory; }

private:
    const DirectoryHolder *m_holder;
    std::uint64_t m_number = 0;
    std::shared_ptr<const Directory> m_directory;
};

} // namespace studio::renderer
